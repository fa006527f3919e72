import type { SymbolMetadata } from '../../market-data/bars.js';
import { UNIVERSE } from '../parameters.js';

/** Whether a base asset counts as a leveraged token. All names here are in upper case. */
export type IsLeveraged = (baseAsset: string) => boolean;

/**
 * The frozen rule that production has always used: a keyword anywhere in the name. It also excludes
 * JUP, SUPER and SYRUP, so the pool has always been chosen without them (METHOD §5.1).
 */
export const containsKeyword: IsLeveraged = (baseAsset) =>
  UNIVERSE.leveragedKeywords.some((keyword) => baseAsset.includes(keyword));

/** The corrected rule: a keyword as suffix, preceded by a listed base asset. */
export const suffixOfListedAsset = (metadata: readonly SymbolMetadata[]): IsLeveraged => {
  const listed = new Set(metadata.map((one) => one.baseAsset));
  return (baseAsset) =>
    UNIVERSE.leveragedKeywords.some(
      (keyword) => baseAsset.endsWith(keyword) && listed.has(baseAsset.slice(0, -keyword.length)),
    );
};

/** The symbols, ascending, that only one of the two rules classifies as leveraged tokens. */
export const leveragedRuleDifferences = (
  metadata: readonly SymbolMetadata[],
): readonly string[] => {
  const corrected = suffixOfListedAsset(metadata);
  return metadata
    .filter(({ baseAsset }) => containsKeyword(baseAsset) !== corrected(baseAsset))
    .map((one) => one.symbol)
    .sort();
};
