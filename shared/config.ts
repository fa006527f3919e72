import type { Mode, PositiveInteger, Revision } from './contract/primitives.js';

/** What a deployment decides once. Composition roots make it; everything else receives it. */
export interface PipelineConfig {
  readonly bucket: string;
  /** First segments of every object's name, without slashes at the ends. */
  readonly rootPrefix: string;
  readonly sourceProject: string;
  /** The mode of a request that names none. */
  readonly defaultMode: Mode;
  readonly poolSize: PositiveInteger;
  /** A release older than this is refused unless the run allows staleness. */
  readonly maxAgeDays: number;
  readonly firestoreCollection: string;
  readonly firestoreDocument: string;
  /** Write `selection_meta` into the live artifacts. */
  readonly selectionMeta: boolean;
  /** The producer's commit; absent where none is known, never made up. */
  readonly sourceRevision?: Revision;
}
