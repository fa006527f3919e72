import type { SymbolMetadata } from '../../market-data/bars.js';
import { UNIVERSE, type UniverseMode } from '../parameters.js';
import type { IsLeveraged } from './leveraged.js';

export type MetadataRule =
  | 'no_metadata'
  | 'not_trading'
  | 'quote_asset'
  | 'not_spot'
  | 'excluded_base_asset'
  | 'high_noise'
  | 'leveraged_token';

/** The metadata by symbol; symbols and assets in upper case, as the rules expect them. */
export const metadataBySymbol = (
  metadata: readonly SymbolMetadata[],
): ReadonlyMap<string, SymbolMetadata> =>
  new Map(
    metadata.map((one) => {
      const symbol = one.symbol.toUpperCase();
      const baseAsset = one.baseAsset.toUpperCase();
      return [symbol, { ...one, symbol, baseAsset, quoteAsset: one.quoteAsset.toUpperCase() }];
    }),
  );

const includes = (list: readonly string[], text: string): boolean => list.includes(text);

/** The metadata rules that the symbol breaks; none = eligible by metadata (METHOD §5.1). */
export const failedMetadataRules = (
  metadata: SymbolMetadata | undefined,
  mode: UniverseMode,
  isLeveraged: IsLeveraged,
): readonly MetadataRule[] => {
  if (metadata === undefined) return ['no_metadata'];
  const { baseAsset } = metadata;
  const highNoise = mode.excludesHighNoise && includes(UNIVERSE.highNoiseBaseAssets, baseAsset);
  const failed: readonly (MetadataRule | false)[] = [
    metadata.status !== 'TRADING' && 'not_trading',
    !includes(UNIVERSE.quoteAssets, metadata.quoteAsset) && 'quote_asset',
    !metadata.isSpotTradingAllowed && 'not_spot',
    includes(UNIVERSE.excludedBaseAssets, baseAsset) && 'excluded_base_asset',
    highNoise && 'high_noise',
    isLeveraged(baseAsset) && 'leveraged_token',
  ];
  return failed.filter((rule) => rule !== false);
};
