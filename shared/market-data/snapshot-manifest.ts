import * as t from 'io-ts';
import { Count } from '../codec/count.js';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, Sha256 } from '../codec/primitives.js';

/** The order of the columns of each symbol in the bars object. */
export const SNAPSHOT_COLUMNS = 'day,open,high,low,close,volume,quote_volume';

const MetadataEntry = exactObject('MetadataEntry', {
  symbol: t.string,
  status: t.string,
  base_asset: t.string,
  quote_asset: t.string,
  is_spot_trading_allowed: t.boolean,
  permissions: t.string,
});

const SeriesEntry = exactObject('SeriesEntry', {
  symbol: t.string,
  rows: Count,
  first_day: AsOfDate,
  last_day: AsOfDate,
});

/**
 * The manifest of a sealed snapshot. Its hash is the snapshot's address, so it contains no time and
 * no source: the same data from another source give the same snapshot.
 */
export const SnapshotManifest = exactObject('SnapshotManifest', {
  schema_version: t.literal(1),
  as_of_date: AsOfDate,
  /** First requested day; the series may begin later. */
  start_date: AsOfDate,
  benchmark: t.string,
  /** The pool before this run, in its order. */
  previous_pool: t.readonlyArray(t.string),
  /** Every symbol that the source knows, ascending. */
  metadata: t.readonlyArray(MetadataEntry),
  columns: t.literal(SNAPSHOT_COLUMNS),
  /** Ascending by symbol, as in the bars object. */
  series: t.readonlyArray(SeriesEntry),
  bars: exactObject('BarsObject', { bytes: Count, sha256: Sha256 }),
});
export type SnapshotManifest = t.TypeOf<typeof SnapshotManifest>;
