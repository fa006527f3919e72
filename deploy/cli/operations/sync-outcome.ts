import * as O from 'fp-ts/lib/Option.js';
import { locationsOf } from '../../../shared/config.js';
import { checkFirestoreDocument } from '../../../shared/contract/gate/check-document.js';
import type { ReleasePromoted } from '../../../shared/messages/release-promoted.js';
import { releaseKey } from '../../../shared/object-keys.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import { unwrap } from '../context.js';
import type { Stores } from '../run/state-stores.js';

/** Whether readers see this promotion, or a later one; nothing while they see neither. */
export const documentShows = async (
  { objects, documents, config }: Stores,
  { version, promotion_seq }: ReleasePromoted['payload'],
): Promise<'done' | 'superseded' | undefined> => {
  const at = locationsOf(config);
  const stored = unwrap(
    await documents.get({ collection: at.collection, document: at.document })(),
  );
  if (O.isNone(stored)) return undefined;
  const shown = Number(stored.value.promotion_seq ?? 0);
  if (shown > promotion_seq) return 'superseded';
  if (shown < promotion_seq) return undefined;
  const release = unwrap(await readReleaseAt(objects, releaseKey(version, ''))());
  return checkFirestoreDocument(stored.value, release, at).length === 0 ? 'done' : undefined;
};
