import { sha256 } from '../../shared/codec/hash.js';
import type { Version } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../shared/contract/constants.js';
import { LEDGER_COLLECTION, promotionPath } from '../../shared/document-paths.js';
import { releaseKey } from '../../shared/object-keys.js';
import type { DocumentData, DocumentPath } from '../../shared/ports/document-store.js';
import { pathText } from './faulty-ports.js';

export interface ObjectState {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** All stored objects and documents. */
export interface StoreContents {
  readonly objects: ReadonlyMap<string, ObjectState>;
  /** By `<collection>/<document>`. */
  readonly documents: ReadonlyMap<string, DocumentData>;
}

export const objectState = (
  bytes: Uint8Array,
  metadata: Readonly<Record<string, string>> = {},
): ObjectState => ({ bytes, sha256: sha256(bytes), metadata });

export const documentIn = (
  { documents }: StoreContents,
  path: DocumentPath,
): DocumentData | undefined => documents.get(pathText(path));

/** The objects whose key starts with `prefix`, by key. */
export const objectsUnder = (
  { objects }: StoreContents,
  prefix: string,
): readonly (readonly [string, ObjectState])[] =>
  [...objects].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));

/** The checksums of the five objects of a release; undefined while one is missing. */
export const releaseChecksums = (
  { objects }: StoreContents,
  version: Version,
): ReadonlyMap<string, string> | undefined => {
  const checksums = new Map<string, string>();
  for (const name of ARTIFACTS) {
    const found = objects.get(releaseKey(version, ARTIFACT_FILE[name]));
    if (found === undefined) return undefined;
    checksums.set(ARTIFACT_FILE[name], found.sha256);
  }
  return checksums;
};

/** The ledger's entries as they are stored, oldest first. */
export const ledgerEntries = ({ documents }: StoreContents): readonly DocumentData[] =>
  [...documents]
    .filter(([path]) => path.startsWith(`${LEDGER_COLLECTION}/`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, data]) => data);

/** The sequence of the head of the ledger; 0 before the first promotion. */
export const headSequence = (contents: StoreContents): number => {
  const head = documentIn(contents, promotionPath)?.head;
  const seq = typeof head === 'object' && head !== null && 'seq' in head ? head.seq : 0;
  return typeof seq === 'number' ? seq : 0;
};
