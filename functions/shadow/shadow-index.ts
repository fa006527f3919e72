import * as t from 'io-ts';
import { exactObject } from '../../shared/codec/exact-object.js';
import { AsOfDate, PositiveInteger, Sha256, Version } from '../../shared/codec/primitives.js';
import { TrackRow } from './track-summary-row.js';

/** Lists the files of a history; written last, as the commit mark. */
export const SHADOW_INDEX_FILE = 'index.json';

const ShadowFile = exactObject('ShadowFile', { path: t.string, sha256: Sha256 });

/** The inputs of a history, its tracks and all of its files. */
export const ShadowIndex = exactObject('ShadowIndex', {
  as_of_date: AsOfDate,
  version: Version,
  /** SHA-256 of the snapshot's manifest. */
  snapshot: Sha256,
  pool_size: PositiveInteger,
  tracks: t.readonlyArray(TrackRow, 'list of TrackRow'),
  files: t.readonlyArray(ShadowFile, 'list of ShadowFile'),
});
export type ShadowIndex = t.TypeOf<typeof ShadowIndex>;

/** Points to the history that research uses. */
export const SHADOW_POINTER_FILE = 'current.json';

export const ShadowPointer = exactObject('ShadowPointer', {
  /** The prefix of the history, relative to the pointer. */
  build: t.string,
  as_of_date: AsOfDate,
  version: Version,
  /** SHA-256 of the history's index. */
  sha256: Sha256,
});
export type ShadowPointer = t.TypeOf<typeof ShadowPointer>;
