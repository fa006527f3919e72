import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import * as t from 'io-ts';
import { decode } from '../../codec/decode.js';
import { type Failure, permanent } from '../../codec/failure.js';
import { Text } from '../../codec/primitives.js';
import type { SymbolMetadata } from '../bars.js';
import type { Request } from './http/http-messages.js';

export const EXCHANGE_INFO: Request = {
  path: 'api/v3/exchangeInfo',
  query: {},
  weight: 20,
  name: 'exchangeInfo',
};

const List = t.readonlyArray(t.unknown, 'a list');
const Names = t.readonlyArray(t.string, 'a list of names');

const ExchangeInfo = t.type({ symbols: List }, 'an object with symbols');

const SymbolInfo = t.intersection(
  [
    t.type({
      symbol: Text,
      status: Text,
      baseAsset: Text,
      quoteAsset: Text,
      isSpotTradingAllowed: t.boolean,
    }),
    t.partial({
      /** Names until 2024, an empty list since. */
      permissions: Names,
      /** Since 2024: lists of which an account needs one name each. */
      permissionSets: t.readonlyArray(Names, 'a list of lists'),
    }),
  ],
  'SymbolInfo',
);

/**
 * `SPOT`, as metadata files write it, whenever it is among the names: the trading groups beside it
 * change without meaning for the method, and would change the address of every snapshot. Without
 * it, all names, ascending, joined by `|`.
 */
const permissionsOf = ({ permissions = [], permissionSets = [] }: t.TypeOf<typeof SymbolInfo>) => {
  const names = new Set([...permissions, ...permissionSets.flat()]);
  return names.has('SPOT') ? 'SPOT' : [...names].sort(S.Ord.compare).join('|');
};

const nameOf = (entry: unknown, index: number): string =>
  typeof entry === 'object' && entry !== null && 'symbol' in entry && S.isString(entry.symbol)
    ? entry.symbol
    : `symbols.${index}`;

const metadataOf = (entry: unknown, index: number): E.Either<Failure, SymbolMetadata> =>
  pipe(
    entry,
    decode(SymbolInfo, `Binance, exchangeInfo, ${nameOf(entry, index)}`),
    E.map((info) => ({
      symbol: info.symbol,
      status: info.status,
      baseAsset: info.baseAsset,
      quoteAsset: info.quoteAsset,
      isSpotTradingAllowed: info.isSpotTradingAllowed,
      permissions: permissionsOf(info),
    })),
  );

const onceEach = (metadata: readonly SymbolMetadata[]): E.Either<Failure, void> => {
  const again = metadata.find(({ symbol }, index) => symbol === metadata[index - 1]?.symbol);
  return again === undefined
    ? E.right(undefined)
    : E.left(
        permanent(
          'malformed-input',
          `Binance, exchangeInfo: expected ${again.symbol} once, got it again`,
        ),
      );
};

/**
 * Every symbol of an exchangeInfo reply of either shape, ascending; fields not used are not read.
 */
export const readExchangeInfo = (reply: unknown): E.Either<Failure, readonly SymbolMetadata[]> =>
  pipe(
    reply,
    decode(ExchangeInfo, 'Binance, exchangeInfo'),
    E.chain(({ symbols }) =>
      pipe(
        symbols,
        E.traverseArrayWithIndex((index, entry: unknown) => metadataOf(entry, index)),
      ),
    ),
    E.map((all) => [...all].sort((a, b) => S.Ord.compare(a.symbol, b.symbol))),
    E.chainFirst(onceEach),
  );
