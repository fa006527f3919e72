import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, SymbolUsdt } from '../codec/primitives.js';

/** `latest_universe.json`: the eligible symbols, sorted by name. */
export const LatestUniverse = exactObject('LatestUniverse', {
  as_of_date: AsOfDate,
  symbols: t.array(SymbolUsdt, 'array of SymbolUsdt'),
});
export type LatestUniverse = t.TypeOf<typeof LatestUniverse>;
