import { isDeepStrictEqual } from 'node:util';
import type { Version } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../shared/contract/constants.js';
import { promotionPath, summaryPath } from '../../shared/document-paths.js';
import { currentKey, releaseKey } from '../../shared/object-keys.js';
import type { DocumentData } from '../../shared/ports/document-store.js';
import { readerViolations } from './object-invariants.js';
import {
  documentIn,
  ledgerEntries,
  objectsUnder,
  releaseChecksums,
  type StoreContents,
} from './store-contents.js';
import { SIMULATION_CONFIG } from './world.js';

/** Once everything has been delivered, readers see the head of the ledger and nothing else. */
export const quiescenceViolations = (contents: StoreContents): readonly string[] => {
  const head = ledgerEntries(contents).at(-1);
  const summary = documentIn(contents, summaryPath(SIMULATION_CONFIG));
  if (head === undefined)
    return [
      summary !== undefined && 'the document shows what was never promoted',
      objectsUnder(contents, currentKey('')).length > 0 && 'current/ shows what was never promoted',
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
    ...readerViolations(contents),
  ];
};

/** The releases are those of the calm run, exactly one for each version, five objects each. */
export const releaseViolations = (
  contents: StoreContents,
  version: Version,
  faultFree: StoreContents,
): readonly string[] => {
  if (releaseChecksums(contents, version) === undefined) return [`${version} was never completed`];
  const keys = objectsUnder(contents, releaseKey(version, '')).map(([key]) => key);
  return [
    ...(keys.length === ARTIFACTS.length ? [] : [`${version} has ${keys.length} objects`]),
    ...keys
      .filter((key) => contents.objects.get(key)?.sha256 !== faultFree.objects.get(key)?.sha256)
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
  faultFree: ReadonlyMap<string, A>,
  same: (path: string, a: A, b: A) => boolean,
): readonly string[] =>
  [...new Set([...found.keys(), ...faultFree.keys()])]
    .sort()
    .filter((path) => {
      const [a, b] = [found.get(path), faultFree.get(path)];
      return a === undefined || b === undefined || !same(path, a, b);
    })
    .map((path) => `${what} ${path} is not as the calm run left it`);

/** Everything in which the end differs from that of the calm run. */
export const faultFreeDifferences = (
  contents: StoreContents,
  faultFree: StoreContents,
): readonly string[] => [
  ...differences('object', contents.objects, faultFree.objects, (_, a, b) =>
    isDeepStrictEqual(a, b),
  ),
  ...differences('document', contents.documents, faultFree.documents, (path, a, b) =>
    isDeepStrictEqual(withoutInstants(path, a), withoutInstants(path, b)),
  ),
];
