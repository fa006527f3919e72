import { decode } from '../../shared/contract/decode.js';
import { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { subscribe } from '../subscriber.js';
import { materialise } from './materialise.js';

export const materialiseHandler = subscribe({
  name: 'materialise',
  decode: decode(PoolRanked),
  step: materialise,
});
