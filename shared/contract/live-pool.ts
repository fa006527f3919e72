import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import {
  AsOfDate,
  Finite,
  Mode,
  PositiveInteger,
  SymbolUsdt,
  Text,
  Version,
} from '../codec/primitives.js';
import { strictRecord } from '../codec/strict-record.js';

export const BaseAsset = exactObject('BaseAsset', { base_asset: Text });

/** Symbol → base asset, in pool order: strict readers compare the order of the keys. */
export const SymbolMap = strictRecord('BaseAsset by SymbolUsdt', SymbolUsdt, BaseAsset);
export type SymbolMap = t.TypeOf<typeof SymbolMap>;

const SelectionFields = exactObject('SelectionFacts', {
  final_score: Finite,
  confidence: Finite,
  current_rank: PositiveInteger,
});

/** Optional: the scores of the selected symbols. */
export const SelectionMeta = strictRecord(
  'SelectionFacts by SymbolUsdt',
  SymbolUsdt,
  SelectionFields,
);
export type SelectionMeta = t.TypeOf<typeof SelectionMeta>;

const head = {
  as_of_date: AsOfDate,
  version: Version,
  mode: Mode,
  pool_size: PositiveInteger,
};
const tail = { symbol_map: SymbolMap, source_project: Text };

/** The stable fields, without the fields that a shadow release adds after `selection_meta`. */
export const livePoolFields = {
  ...head,
  symbols: t.array(SymbolUsdt, 'array of SymbolUsdt'),
  ...tail,
};
export const livePoolLegacyFields = { ...head, symbols: SymbolMap, ...tail };

/** `live_pool.json`: the ordered list and the map. */
export const LivePool = exactObject('LivePool', livePoolFields, { selection_meta: SelectionMeta });
export type LivePool = t.TypeOf<typeof LivePool>;

/** `live_pool_legacy.json`: the map twice, for scripts that expect `symbols` to be a map. */
export const LivePoolLegacy = exactObject('LivePoolLegacy', livePoolLegacyFields, {
  selection_meta: SelectionMeta,
});
export type LivePoolLegacy = t.TypeOf<typeof LivePoolLegacy>;
