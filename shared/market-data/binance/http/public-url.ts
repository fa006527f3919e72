/** Where Binance Spot's public REST API answers. */
export const BINANCE_URL = 'https://api.binance.com';
