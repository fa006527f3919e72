import fc from 'fast-check';
import type { AsOfDate, Mode, Revision, Sha256, Timestamp } from '../../shared/codec/primitives.js';
import type {
  PoolMember,
  RankedSymbolInput,
  ReleaseInput,
} from '../../shared/contract/build-release-input.js';
import { isoDay } from '../../shared/day.js';
import { epochDay } from '../../shared/units.js';

/** Arbitrary values of the contract. Each draws text that its codec admits by construction. */

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

const word = (first: string, rest: string, maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...first),
      fc.string({ unit: fc.constantFrom(...rest), maxLength: maxLength - 1 }),
    )
    .map(([head, tail]) => head + tail);

const LOWER = 'abcdefghijklmnopqrstuvwxyz';

export const asOfDate = fc
  .integer({ min: 0, max: 40_000 })
  .map((day) => isoDay(epochDay(day)) as AsOfDate);
export const mode = word(LOWER, `${LOWER}0123456789_`, 40).map((text) => text as Mode);
export const sha256Text = hex(64).map((text) => text as Sha256);
export const revision = hex(40).map((text) => text as Revision);
export const timestamp = fc
  .tuple(asOfDate, fc.integer({ min: 0, max: 86_399 }))
  .map(
    ([day, second]) =>
      `${day}T${new Date(second * 1000).toISOString().slice(11, 19)}+00:00` as Timestamp,
  );
export const symbol = word('ABCXYZ币Ж0', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789币', 12).map(
  (base) => `${base}USDT`,
);
/** Text that a person might type: not blank, any characters. */
export const visibleText = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => (text.trim() === '' ? `x${text}` : text));
/** A finite number; JSON and CSV know no negative zero. */
export const finite = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (value === 0 ? 0 : value));
const score = fc.option(finite, { freq: 8 });
const regime = word(LOWER, `${LOWER}0123456789_`, 40);

const scored = fc.record({
  rule_score: score,
  linear_score: score,
  ml_score: score,
  final_score: finite,
  confidence: finite,
  regime,
});
const unscored = fc.record({
  rule_score: score,
  linear_score: score,
  ml_score: score,
  final_score: fc.constant(null),
  confidence: fc.constant(null),
  regime,
});

const rankedSymbols = (
  symbols: readonly string[],
  unrankedCount: number,
): fc.Arbitrary<readonly RankedSymbolInput[]> =>
  fc
    .tuple(
      ...symbols.map((_, index) => (index < symbols.length - unrankedCount ? scored : unscored)),
    )
    .map((scores) =>
      scores.map((values, index) => ({ ...values, symbol: symbols[index] ?? 'unreachable' })),
    );

const poolOf = (ranked: readonly string[]): fc.Arbitrary<readonly PoolMember[]> =>
  fc.subarray([...ranked], { minLength: 1 }).chain((chosen) =>
    fc.tuple(...chosen.map(() => visibleText)).map((assets) =>
      chosen.map((name, index) => ({
        symbol: name,
        baseAsset: assets[index] ?? 'unreachable',
      })),
    ),
  );

/** Everything a release is made from: any pool in rank order within any ranked universe. */
export const releaseInput: fc.Arbitrary<ReleaseInput> = fc
  .tuple(fc.uniqueArray(symbol, { minLength: 1, maxLength: 12 }), fc.nat({ max: 3 }))
  .chain(([symbols, unranked]) => {
    const unrankedCount = Math.min(unranked, symbols.length - 1);
    const ranked = symbols.slice(0, symbols.length - unrankedCount);
    return fc.record({
      asOfDate,
      mode,
      sourceProject: visibleText,
      generatedAt: timestamp,
      sourceRevision: fc.option(revision, { nil: undefined }),
      universe: fc.shuffledSubarray([...symbols], { minLength: symbols.length }),
      ranking: rankedSymbols(symbols, unrankedCount),
      pool: poolOf(ranked),
      selectionMeta: fc.boolean(),
    });
  });
