import { UnknownRecord } from 'io-ts';
import { fieldOf, type Payload, textIn } from './payload.js';
import { type Violation, violation } from './rejection.js';

const QUOTE = 'USDT';
const LETTERS_AND_DIGITS = /^[\p{L}\p{N}]+$/u;

/** Symbol → `{base_asset}`, in pool order. */
export type SymbolMap = Readonly<Record<string, { readonly base_asset: string }>>;

/** The pool as a payload says it, before any of it is believed. */
export interface UnverifiedPool {
  readonly map: ReadonlyMap<string, unknown>;
  /** The symbols that the list names and the map knows, as often as the list names them. */
  readonly listed: readonly string[] | undefined;
}

/** A list alone is a pool too: a pair's name says which asset it quotes in USDT. */
const mapOfList = (symbols: readonly unknown[]): ReadonlyMap<string, unknown> =>
  new Map(
    symbols
      .filter((symbol) => typeof symbol === 'string')
      .map((symbol) => [
        symbol,
        { base_asset: symbol.endsWith(QUOTE) ? symbol.slice(0, -QUOTE.length) : symbol },
      ]),
  );

const mapIn = (payload: Payload): ReadonlyMap<string, unknown> | undefined => {
  const map = fieldOf(payload, 'symbol_map') ?? undefined;
  const symbols = fieldOf(payload, 'symbols');
  if (map !== undefined) return UnknownRecord.is(map) ? new Map(Object.entries(map)) : undefined;
  if (UnknownRecord.is(symbols)) return new Map(Object.entries(symbols));
  return Array.isArray(symbols) ? mapOfList(symbols) : undefined;
};

/** The order of the keys of a map: the producer's, as in a file, or Firestore's own. */
type KeyOrder = 'as-written' | 'sorted';

const listIn = (
  payload: Payload,
  map: ReadonlyMap<string, unknown>,
  keyOrder: KeyOrder,
): readonly unknown[] | undefined => {
  const symbols = fieldOf(payload, 'symbols') ?? undefined;
  if (Array.isArray(symbols)) return symbols;
  if (keyOrder === 'sorted') return undefined;
  if (symbols === undefined) return [...map.keys()];
  return UnknownRecord.is(symbols) ? Object.keys(symbols) : undefined;
};

/**
 * `symbol_map` before `symbols`. Where the keys of a map are in the order in which the producer
 * wrote them, as in a file, they may stand for the list; Firestore sorts them.
 */
export const parsePool = (payload: Payload, keyOrder: KeyOrder): UnverifiedPool | undefined => {
  const map = mapIn(payload);
  if (map === undefined) return undefined;
  const listed = listIn(payload, map, keyOrder)?.filter(
    (symbol) => typeof symbol === 'string' && map.has(symbol),
  );
  return { map, listed: listed?.map(String) };
};

const isSymbol = (key: string): boolean =>
  key.length > QUOTE.length &&
  key.endsWith(QUOTE) &&
  key === key.toUpperCase() &&
  LETTERS_AND_DIGITS.test(key);

export const symbolViolation = ({ map }: UnverifiedPool): Violation | undefined => {
  const bad = [...map.keys()].find((key) => !isSymbol(key));
  return bad === undefined ? undefined : violation('an upper-case symbol that ends in USDT', bad);
};

const baseAssetIn = (entry: unknown): string => textIn(entry, 'base_asset') ?? '';

export const baseAssetViolation = ({ map }: UnverifiedPool): Violation | undefined => {
  const bad = [...map].find(([, entry]) => baseAssetIn(entry).trim() === '');
  return bad && violation(`a base_asset for ${bad[0]}`, fieldOf(bad[1], 'base_asset'));
};

export const orderViolation = (
  { map, listed }: UnverifiedPool,
  payload: Payload,
): Violation | undefined => {
  if (listed === undefined)
    return violation(
      'a list of symbols, which alone keeps their order',
      fieldOf(payload, 'symbols'),
    );
  const repeated = listed.find((symbol, index) => listed.indexOf(symbol) < index);
  if (repeated !== undefined) return violation('each symbol once', repeated);
  const missing = [...map.keys()].find((symbol) => !listed.includes(symbol));
  return missing === undefined
    ? undefined
    : violation('every symbol of the map in the list', `no ${missing}`);
};

const countOf = ({ listed }: UnverifiedPool): number => new Set(listed).size;

export const poolSizeViolation = (
  pool: UnverifiedPool,
  payload: Payload,
): Violation | undefined => {
  const declared = fieldOf(payload, 'pool_size');
  const count = countOf(pool);
  return declared === count
    ? undefined
    : violation(`${count}, the number of its symbols`, declared);
};

export const expectedSizeViolation = (
  pool: UnverifiedPool,
  expected: number,
): Violation | undefined =>
  countOf(pool) === expected ? undefined : violation(`${expected} symbols`, countOf(pool));

/** The map of a pool that has been accepted, its keys in the order of the list. */
export const orderedMap = ({ map, listed = [] }: UnverifiedPool): SymbolMap =>
  Object.fromEntries(
    listed.map((symbol) => [symbol, { base_asset: baseAssetIn(map.get(symbol)) }]),
  );
