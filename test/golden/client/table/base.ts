/** One reader's situation, and what must become of it. */
export interface Vector {
  readonly name: string;
  readonly settings?: {
    readonly max_age_days?: number | null;
    readonly accepted_modes?: readonly string[];
    readonly expected_pool_size?: number;
    readonly strict?: boolean;
    readonly strategy_profile?: string;
  };
  readonly now: string;
  readonly document: Given;
  readonly last_known_good?: Given;
  readonly local_files?: readonly ({ readonly name: string } & Given)[];
  readonly static_universe: object;
  readonly expect: object;
}

/** What reading came to: a value, a text that is to be one, or a complaint. */
export type Given =
  | { readonly payload: unknown }
  | { readonly text: string }
  | { readonly trouble: string };

const NOW = '2026-03-14T12:00:00Z';
export const SYMBOLS = ['TRXUSDT', 'ETHUSDT', 'BCHUSDT', 'NEARUSDT', 'LTCUSDT'];
export const MAP = {
  TRXUSDT: { base_asset: 'TRX' },
  ETHUSDT: { base_asset: 'ETH' },
  BCHUSDT: { base_asset: 'BCH' },
  NEARUSDT: { base_asset: 'NEAR' },
  LTCUSDT: { base_asset: 'LTC' },
};
/** The same map as Firestore returns it. */
export const SORTED_MAP = {
  BCHUSDT: { base_asset: 'BCH' },
  ETHUSDT: { base_asset: 'ETH' },
  LTCUSDT: { base_asset: 'LTC' },
  NEARUSDT: { base_asset: 'NEAR' },
  TRXUSDT: { base_asset: 'TRX' },
};
export const STATIC = { BTCUSDT: { base_asset: 'BTC' }, ETHUSDT: { base_asset: 'ETH' } };

/** The contract's example. */
export const POOL = {
  as_of_date: '2026-03-13',
  mode: 'core_major',
  version: '2026-03-13-core_major',
  pool_size: 5,
  symbols: SYMBOLS,
  symbol_map: SORTED_MAP,
  source_project: 'crypto-live-pool-pipelines',
};

/** The example dated otherwise. */
export const dated = (as_of_date: string, own: object = {}) => ({
  ...POOL,
  as_of_date,
  version: `${as_of_date}-core_major`,
  ...own,
});

export const without = (field: keyof typeof POOL): object =>
  Object.fromEntries(Object.entries(POOL).filter(([name]) => name !== field));

const FACTS = {
  as_of_date: '2026-03-13',
  version: '2026-03-13-core_major',
  mode: 'core_major',
  promotion_seq: null,
  age_days: 1,
  symbols: SYMBOLS,
  symbol_map: MAP,
};

export const fresh = (own: object = {}): object => ({
  source: 'fresh_upstream',
  degraded: false,
  ...FACTS,
  refusals: [],
  last_known_good: 'stored',
  ...own,
});

/** Facts of the document, from somewhere else. */
export const degraded = (
  source: string,
  refusals: readonly object[],
  own: object = {},
): object => ({
  source,
  degraded: true,
  ...FACTS,
  refusals,
  last_known_good: 'not_fresh',
  ...own,
});

export const emergency = (...refusals: readonly object[]): object => ({
  source: 'static',
  degraded: true,
  as_of_date: null,
  version: null,
  mode: null,
  promotion_seq: null,
  age_days: null,
  symbols: ['BTCUSDT', 'ETHUSDT'],
  symbol_map: STATIC,
  refusals,
  last_known_good: 'not_fresh',
});

type Got = string | number | boolean | null;

export const refused = (rule: string, expected: string, got: Got, candidate = 'firestore') => ({
  candidate,
  rule,
  expected,
  got,
});

/** A document on its own. */
export const reading = (
  name: string,
  payload: unknown,
  expect: object,
  settings?: Vector['settings'],
): Vector => ({
  name,
  ...(settings === undefined ? {} : { settings }),
  now: NOW,
  document: { payload },
  static_universe: STATIC,
  expect,
});

/** A document, and what a reader may fall back to. */
export const falling = (
  name: string,
  rest: Omit<Vector, 'name' | 'now' | 'static_universe'>,
): Vector => ({
  name,
  now: NOW,
  static_universe: STATIC,
  ...rest,
});
