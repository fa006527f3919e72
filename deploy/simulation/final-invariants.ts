import { isDeepStrictEqual } from 'node:util';
import type { Version } from '../../shared/codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../../shared/contract/constants.js';
import { promotionPath, summaryPath } from '../../shared/document-paths.js';
import { currentKey, releaseKey } from '../../shared/object-keys.js';
import type { DocumentData } from '../../shared/ports/document-store.js';
import { summarySequence } from '../../shared/releases/published-sequence.js';
import { readerViolations } from './object-invariants.js';
import { SIMULATION_CONFIG } from './simulation-config.js';
import {
  documentIn,
  ledgerEntries,
  objectsUnder,
  releaseChecksums,
  type StoreContents,
} from './store-contents.js';

/** After all deliveries, `current/` and the document show the head of the ledger. */
export const quiescenceViolations = (contents: StoreContents): readonly string[] => {
  const head = ledgerEntries(contents).at(-1);
  const summary = documentIn(contents, summaryPath(SIMULATION_CONFIG));
  if (head === undefined)
    return [
      summary !== undefined && 'the document shows a release that was never promoted',
      objectsUnder(contents, currentKey('')).length > 0 &&
        'current/ shows a release that was never promoted',
    ].filter((violation) => violation !== false);
  const { seq, version } = head;
  const stale = ARTIFACTS.map((name) => ARTIFACT_FILE[name]).filter((file) => {
    const shown = contents.objects.get(currentKey(file));
    const release = contents.objects.get(`releases/${String(version)}/${file}`);
    return shown?.metadata.promotion_seq !== String(seq) || shown.sha256 !== release?.sha256;
  });
  return [
    ...stale.map((file) => `at rest, current/${file} is not the file of promotion ${seq}`),
    ...(summary !== undefined && summarySequence(summary) === seq && summary.version === version
      ? []
      : [`at rest, the document does not show promotion ${seq}`]),
    ...readerViolations(contents),
  ];
};

/** A release has exactly five objects, with the bytes that the fault-free run wrote. */
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
      .map((key) => `${key} differs from the fault-free run`),
  ];
};

/**
 * The documents without the instant of each promotion, and without the hashes that cover it: the
 * fault-free run has another clock. The chain was verified at every commit.
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
    .map((path) => `${what} ${path} differs from the fault-free run`);

/** Every object and document that differs from the end of the fault-free run. */
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
