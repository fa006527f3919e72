import type { SymbolMetadata } from '../../market-data/bars.js';
import { UNIVERSE } from '../parameters.js';

/** Says whether a base asset is taken for a leveraged token. All names here are in upper case. */
export type IsLeveraged = (baseAsset: string) => boolean;

/**
 * The rule that production has always used, frozen: a keyword anywhere in the name. It also drops
 * JUP, SUPER and SYRUP, and the pool has been chosen without them all along (METHOD §5.1).
 */
export const containsKeyword: IsLeveraged = (baseAsset) =>
  UNIVERSE.leveragedKeywords.some((keyword) => baseAsset.includes(keyword));

/** The corrected rule: a keyword as suffix, and what is before it is a listed base asset itself. */
export const suffixOfListedAsset = (metadata: readonly SymbolMetadata[]): IsLeveraged => {
  const listed = new Set(metadata.map((one) => one.baseAsset));
  return (baseAsset) =>
    UNIVERSE.leveragedKeywords.some(
      (keyword) => baseAsset.endsWith(keyword) && listed.has(baseAsset.slice(0, -keyword.length)),
    );
};

/** The symbols, ascending, that only one of the two rules takes for leveraged tokens. */
export const leveragedRuleDifferences = (
  metadata: readonly SymbolMetadata[],
): readonly string[] => {
  const corrected = suffixOfListedAsset(metadata);
  return metadata
    .filter(({ baseAsset }) => containsKeyword(baseAsset) !== corrected(baseAsset))
    .map((one) => one.symbol)
    .sort();
};
