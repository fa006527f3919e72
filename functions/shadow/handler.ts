import { pipe } from 'fp-ts/lib/function.js';
import { decodeMessage } from '../../shared/messages/decode-message.js';
import { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import { createHandler } from '../create-handler.js';
import type { Received } from '../environment.js';
import { shadow } from './shadow.js';
import { shadowEnvironment } from './shadow-environment.js';

export const shadowHandler = createHandler({
  name: 'shadow',
  decode: decodeMessage(MarketDataIngested),
  // The step gets a restricted environment and publishes no message.
  step:
    ({ message }: Received<MarketDataIngested>) =>
    (environment) =>
      pipe(shadowEnvironment(environment, message), shadow(message)),
});
