import { decodeMessage } from '../../shared/messages/decode-message.js';
import { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { createHandler } from '../create-handler.js';
import { promote } from './promote.js';

export const promoteHandler = createHandler({
  name: 'promote',
  decode: decodeMessage(ReleaseMaterialised),
  step: promote,
});
