import { decodeMessage } from '../../shared/messages/decode-message.js';
import { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { createHandler } from '../create-handler.js';
import { materialise } from './materialise.js';

export const materialiseHandler = createHandler({
  name: 'materialise',
  decode: decodeMessage(PoolRanked),
  step: materialise,
});
