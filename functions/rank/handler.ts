import { decodeMessage } from '../../shared/messages/decode-message.js';
import { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import { createHandler } from '../create-handler.js';
import { rank } from './rank.js';

export const rankHandler = createHandler({
  name: 'rank',
  decode: decodeMessage(MarketDataIngested),
  step: rank,
});
