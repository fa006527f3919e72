import { decodeMessage } from '../../shared/messages/decode-message.js';
import { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import { subscribe } from '../create-handler.js';
import { rank } from './rank.js';

export const rankHandler = subscribe({
  name: 'rank',
  decode: decodeMessage(MarketDataIngested),
  step: rank,
});
