/** The base asset of a symbol: every symbol is quoted in USDT. Any other text stays as it is. */
export const baseAssetOf = (symbol: string): string => symbol.replace(/(?<=.)USDT$/, '');
