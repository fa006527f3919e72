/** The address of Binance Spot's public REST API. */
export const BINANCE_URL = 'https://api.binance.com';
