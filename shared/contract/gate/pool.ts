import { ARTIFACT_FILE } from '../constants.js';
import type { SymbolMap } from '../live-pool.js';
import { disagreements, majorityValue, type Statement } from './majority.js';
import { type Problem, problem } from './problem.js';
import type { ReleaseParts } from './release-parts.js';

const {
  live_pool: POOL,
  live_pool_legacy: LEGACY,
  artifact_manifest: MANIFEST,
  latest_ranking: RANKING,
} = ARTIFACT_FILE;

type Symbols = readonly string[];

const keysOf = (map: SymbolMap | undefined): Symbols | undefined => map && Object.keys(map);

/** The selected symbols in order of rank; undefined if a row is invalid. */
const selectedOf = (ranking: ReleaseParts['ranking']): Symbols | undefined => {
  const selected: { readonly symbol: string; readonly rank: number }[] = [];
  for (const { symbol, selected_flag, current_rank } of ranking ?? []) {
    if (symbol === undefined || selected_flag === undefined || current_rank === undefined)
      return undefined;
    if (selected_flag) selected.push({ symbol, rank: current_rank ?? Number.POSITIVE_INFINITY });
  }
  return ranking && selected.sort((a, b) => a.rank - b.rank).map(({ symbol }) => symbol);
};

const ordersOf = ({ livePool, legacy, manifest, ranking }: ReleaseParts): Statement<Symbols>[] => [
  { file: POOL, field: 'symbols', value: livePool.symbols },
  { file: POOL, field: 'keys of symbol_map', value: keysOf(livePool.symbol_map) },
  { file: MANIFEST, field: 'symbols', value: manifest.symbols },
  { file: LEGACY, field: 'keys of symbols', value: keysOf(legacy.symbols) },
  { file: LEGACY, field: 'keys of symbol_map', value: keysOf(legacy.symbol_map) },
  { file: RANKING, field: 'selected rows by current_rank', value: selectedOf(ranking) },
];

const sizeProblems = ({ livePool, legacy, manifest }: ReleaseParts): readonly Problem[] =>
  (
    [
      [POOL, 'pool_size', livePool.pool_size, livePool.symbols?.length],
      [LEGACY, 'pool_size', legacy.pool_size, keysOf(legacy.symbols)?.length],
      [MANIFEST, 'symbol_count', manifest.symbol_count, manifest.symbols?.length],
    ] as const
  ).flatMap(([file, field, size, count]) =>
    size === undefined || count === undefined || size === count
      ? []
      : [problem('pool-size', file, field, `${count}, the number of its symbols`, size)],
  );

const duplicateProblems = (file: string, symbols: Symbols = []): readonly Problem[] =>
  new Set(symbols).size === symbols.length
    ? []
    : [problem('membership', file, 'symbols', 'each symbol once', symbols)];

const baseAssets = (parts: ReleaseParts, symbol: string): Statement<string>[] =>
  (
    [
      [POOL, 'symbol_map', parts.livePool.symbol_map],
      [LEGACY, 'symbols', parts.legacy.symbols],
      [LEGACY, 'symbol_map', parts.legacy.symbol_map],
    ] as const
  ).map(([file, field, map]) => ({
    file,
    field: `${field}.${symbol}.base_asset`,
    value: new Map(Object.entries(map ?? {})).get(symbol)?.base_asset,
  }));

/**
 * The pool has the expected size, no duplicates, the same order and base assets everywhere, and
 * only symbols of the universe.
 */
export const poolProblems = (parts: ReleaseParts, expectedSize: number): readonly Problem[] => {
  const orders = ordersOf(parts);
  const pool = majorityValue(orders) ?? [];
  const universe = parts.universe.symbols?.map(String);
  return [
    ...(pool.length === expectedSize || orders.every(({ value }) => value === undefined)
      ? []
      : [problem('pool-size', POOL, 'symbols', `${expectedSize} symbols`, pool)]),
    ...sizeProblems(parts),
    ...duplicateProblems(POOL, parts.livePool.symbols),
    ...duplicateProblems(MANIFEST, parts.manifest.symbols),
    ...disagreements(orders),
    ...[...new Set(pool)].flatMap((symbol) => disagreements(baseAssets(parts, symbol))),
    ...[...new Set(pool)]
      .filter((symbol) => universe && !universe.includes(symbol))
      .map((symbol) =>
        problem('membership', POOL, 'symbols', 'only symbols of latest_universe.json', symbol),
      ),
  ];
};
