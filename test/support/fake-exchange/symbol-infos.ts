/** An entry of exchangeInfo, as far as anyone reads it. */
export interface SymbolInfo {
  readonly symbol: string;
  readonly status: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly isSpotTradingAllowed: boolean;
  readonly permissions: readonly string[];
  readonly permissionSets?: readonly (readonly string[])[];
}

/** A pair in the present shape; one that trades against USDT unless told otherwise. */
export const symbolInfo = (symbol: string, differing: Partial<SymbolInfo> = {}): SymbolInfo => ({
  symbol,
  status: 'TRADING',
  baseAsset: symbol.replace(/USDT$/, ''),
  quoteAsset: 'USDT',
  isSpotTradingAllowed: true,
  permissions: [],
  permissionSets: [['SPOT', 'MARGIN', 'TRD_GRP_004']],
  ...differing,
});

/** The pairs of a metadata CSV text. */
export const symbolInfosOfCsv = (text: string): readonly SymbolInfo[] => {
  const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    return symbolInfo(cell('symbol'), {
      status: cell('status'),
      baseAsset: cell('base_asset'),
      quoteAsset: cell('quote_asset'),
      isSpotTradingAllowed: cell('is_spot_trading_allowed') === 'True',
      permissionSets: [[cell('permissions')]],
    });
  });
};
