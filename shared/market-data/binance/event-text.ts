import { isoDay } from '../../day.js';
import type { BarStoreEvent } from './bar-store.js';
import type { ExchangeEvent } from './http/exchange-events.js';

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Describes an exchange event for the operator. */
export const exchangeEventText = (event: ExchangeEvent): string => {
  switch (event.kind) {
    case 'budget-wait':
      return `binance: this minute's request weight is used up; waiting ${seconds(event.milliseconds)}`;
    case 'rate-limited':
      return `binance: HTTP 429 to ${event.request}; waiting ${seconds(event.milliseconds)}, as it asks`;
    case 'retry':
      return `binance: ${event.request}: ${event.reason}; attempt ${event.attempt + 1} of ${event.attempts} in ${seconds(event.milliseconds)}`;
    case 'banned':
      return `binance: HTTP 418, this address is banned until ${event.until.toISOString()}; no further requests are sent`;
  }
};

/** Describes an event of the bar store for the operator. */
export const barStoreEventText = (event: BarStoreEvent): string => {
  switch (event.kind) {
    case 'damaged':
      return `${event.key} is damaged (${event.reason}); its bars are fetched again`;
    case 'corrected': {
      const { day, changes } = event.change;
      const values = changes.map((change) => `${change.field} ${change.old} → ${change.new}`);
      return `${event.symbol}, ${isoDay(day)}: corrected, ${values.join(', ')}`;
    }
  }
};
