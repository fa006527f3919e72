import { decodeMessage } from '../../shared/messages/decode-message.js';
import { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { subscribe } from '../create-handler.js';
import { materialise } from './materialise.js';

export const materialiseHandler = subscribe({
  name: 'materialise',
  decode: decodeMessage(PoolRanked),
  step: materialise,
});
