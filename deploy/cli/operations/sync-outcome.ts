import * as O from 'fp-ts/lib/Option.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { locationsOf } from '../../../shared/config.js';
import { checkFirestoreDocument } from '../../../shared/contract/gate/check-document.js';
import { summaryPath } from '../../../shared/document-paths.js';
import type { ReleasePromoted } from '../../../shared/messages/release-promoted.js';
import { releaseKey } from '../../../shared/object-keys.js';
import { summarySequence } from '../../../shared/releases/published-sequence.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import type { TargetStores } from '../run/state-stores.js';

/** `done` if readers see this promotion, `superseded` if a later one, else undefined. */
export const syncOutcome = async (
  { objects, documents, config }: TargetStores,
  { version, promotion_seq }: ReleasePromoted['payload'],
): Promise<'done' | 'superseded' | undefined> => {
  const stored = getOrThrow(await documents.get(summaryPath(config))());
  if (O.isNone(stored)) return undefined;
  const shown = summarySequence(stored.value);
  if (shown > promotion_seq) return 'superseded';
  if (shown < promotion_seq) return undefined;
  const release = getOrThrow(await readReleaseAt(objects, releaseKey(version, ''))());
  return checkFirestoreDocument(stored.value, release, locationsOf(config)).length === 0
    ? 'done'
    : undefined;
};
