import { decode } from '../../shared/contract/decode.js';
import { ReleasePromoted } from '../../shared/messages/release-promoted.js';
import { subscribe } from '../subscriber.js';
import { syncFirestore } from './sync-firestore.js';

export const syncFirestoreHandler = subscribe({
  name: 'sync-firestore',
  decode: decode(ReleasePromoted),
  step: syncFirestore,
});
