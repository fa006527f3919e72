import { isDeepStrictEqual } from 'node:util';
import type { Version } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../shared/contract/constants.js';
import { promotionPath } from '../../shared/document-paths.js';
import { currentKey, releaseKey } from '../../shared/object-keys.js';
import type { DocumentData } from '../../shared/ports/document-store.js';
import { readerProblems } from './object-invariants.js';
import { type Contents, documentIn, ledgerIn, releaseIn, under } from './store-contents.js';
import { SIMULATED } from './world.js';

/** Once everything has been delivered, readers see the head of the ledger and nothing else. */
export const restProblems = (contents: Contents): readonly string[] => {
  const head = ledgerIn(contents).at(-1);
  const summary = documentIn(contents, {
    collection: SIMULATED.firestoreCollection,
    document: SIMULATED.firestoreDocument,
  });
  if (head === undefined)
    return [
      summary !== undefined && 'the document shows what was never promoted',
      under(contents, currentKey('')).length > 0 && 'current/ shows what was never promoted',
    ].filter((problem) => problem !== false);
  const { seq, version } = head;
  const stale = ARTIFACTS.map((name) => ARTIFACT_FILE[name]).filter((file) => {
    const shown = contents.objects.get(currentKey(file));
    const release = contents.objects.get(`releases/${String(version)}/${file}`);
    return shown?.metadata.promotion_seq !== String(seq) || shown.sha256 !== release?.sha256;
  });
  return [
    ...stale.map((file) => `at rest, current/${file} is not that of promotion ${seq}`),
    ...(summary !== undefined && summary.promotion_seq === seq && summary.version === version
      ? []
      : [`at rest, the document does not show promotion ${seq}`]),
    ...readerProblems(contents),
  ];
};

/** The releases are those of the calm run, exactly one for each version, five objects each. */
export const releaseProblems = (
  contents: Contents,
  version: Version,
  calm: Contents,
): readonly string[] => {
  if (releaseIn(contents, version) === undefined) return [`${version} was never completed`];
  const keys = under(contents, releaseKey(version, '')).map(([key]) => key);
  return [
    ...(keys.length === ARTIFACTS.length ? [] : [`${version} has ${keys.length} objects`]),
    ...keys
      .filter((key) => contents.objects.get(key)?.sha256 !== calm.objects.get(key)?.sha256)
      .map((key) => `${key} is not what the calm run wrote`),
  ];
};

/**
 * The documents without the instant of each promotion, and without the hashes that cover it: the
 * clock of the calm run shows another time. The chain itself has been verified as it was written.
 */
const withoutInstants = (path: string, data: DocumentData): DocumentData => {
  const { promoted_at: _at, prev_hash: _before, hash: _hash, head, ...rest } = data;
  if (path !== `${promotionPath.collection}/${promotionPath.document}`) return rest;
  const { hash: _, ...place } = Object(head);
  return { ...rest, head: place };
};

const differences = <A>(
  what: string,
  found: ReadonlyMap<string, A>,
  calm: ReadonlyMap<string, A>,
  same: (path: string, a: A, b: A) => boolean,
): readonly string[] =>
  [...new Set([...found.keys(), ...calm.keys()])]
    .sort()
    .filter((path) => {
      const [a, b] = [found.get(path), calm.get(path)];
      return a === undefined || b === undefined || !same(path, a, b);
    })
    .map((path) => `${what} ${path} is not as the calm run left it`);

/** Everything in which the end differs from that of the calm run. */
export const endProblems = (contents: Contents, calm: Contents): readonly string[] => [
  ...differences('object', contents.objects, calm.objects, (_, a, b) => isDeepStrictEqual(a, b)),
  ...differences('document', contents.documents, calm.documents, (path, a, b) =>
    isDeepStrictEqual(withoutInstants(path, a), withoutInstants(path, b)),
  ),
];
