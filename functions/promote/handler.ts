import { decodeMessage } from '../../shared/messages/decode-message.js';
import { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { subscribe } from '../create-handler.js';
import { promote } from './promote.js';

export const promoteHandler = subscribe({
  name: 'promote',
  decode: decodeMessage(ReleaseMaterialised),
  step: promote,
});
