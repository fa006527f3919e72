import { decodeMessage } from '../../shared/messages/decode-message.js';
import { ReleasePromoted } from '../../shared/messages/release-promoted.js';
import { createHandler } from '../create-handler.js';
import { syncFirestore } from './sync-firestore.js';

export const syncFirestoreHandler = createHandler({
  name: 'sync-firestore',
  decode: decodeMessage(ReleasePromoted),
  step: syncFirestore,
});
