import { PositiveInteger } from '../../codec/primitives.js';
import type { BucketLocation } from '../../object-keys.js';
import type { Release } from '../release.js';
import { bucketOf, digested, expectedPayload, member } from './document-payload.js';
import { fieldDifferences } from './field-differences.js';
import { type Problem, problem } from './problem.js';

const DOCUMENT = 'Firestore document';

const badSequence = (seq: unknown): readonly Problem[] =>
  PositiveInteger.is(seq)
    ? []
    : [problem('document', DOCUMENT, 'promotion_seq', 'a whole number of at least 1', seq)];

/**
 * Everything in which a document differs from the one that this release must have: fields, exact
 * bytes, identity, URIs, and a sequence that is a number. Without `at`, the URIs need only agree
 * with each other.
 */
export const checkFirestoreDocument = (
  document: unknown,
  release: Release,
  at: BucketLocation | undefined = bucketOf(document),
): readonly Problem[] => {
  const promotion_seq = member(document, 'promotion_seq');
  if (at === undefined) {
    const prefix = member(document, 'current_prefix');
    const expected = 'gs://<bucket>/<root prefix>/current';
    return [
      problem('document', DOCUMENT, 'current_prefix', expected, prefix),
      ...badSequence(promotion_seq),
    ];
  }
  const expected = { ...expectedPayload(release, at), promotion_seq };
  return [
    ...badSequence(promotion_seq),
    ...fieldDifferences('document', DOCUMENT, expected, digested(document)),
  ];
};
