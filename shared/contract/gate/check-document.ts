import { PositiveInteger } from '../../codec/primitives.js';
import type { BucketLocation } from '../../object-keys.js';
import type { Release } from '../release.js';
import { bucketOf, digested, expectedPayload, member } from './document-payload.js';
import { fieldDifferences } from './field-differences.js';
import { type Problem, problem } from './problem.js';

const DOCUMENT = 'Firestore document';

const sequenceProblems = (seq: unknown): readonly Problem[] =>
  PositiveInteger.is(seq)
    ? []
    : [problem('document', DOCUMENT, 'promotion_seq', 'a whole number of at least 1', seq)];

/**
 * All differences between a document and the expected document of this release: fields, exact
 * bytes, identity, URIs, and a sequence that is not a number. Without `location`, the URIs need
 * only agree with each other.
 */
export const checkFirestoreDocument = (
  document: unknown,
  release: Release,
  location: BucketLocation | undefined = bucketOf(document),
): readonly Problem[] => {
  const promotion_seq = member(document, 'promotion_seq');
  if (location === undefined) {
    const prefix = member(document, 'current_prefix');
    const expected = 'gs://<bucket>/<root prefix>/current';
    return [
      problem('document', DOCUMENT, 'current_prefix', expected, prefix),
      ...sequenceProblems(promotion_seq),
    ];
  }
  const expected = { ...expectedPayload(release, location), promotion_seq };
  return [
    ...sequenceProblems(promotion_seq),
    ...fieldDifferences('document', DOCUMENT, expected, digested(document)),
  ];
};
