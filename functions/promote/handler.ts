import { decode } from '../../shared/contract/decode.js';
import { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { subscribe } from '../subscriber.js';
import { promote } from './promote.js';

export const promoteHandler = subscribe({
  name: 'promote',
  decode: decode(ReleaseMaterialised),
  step: promote,
});
