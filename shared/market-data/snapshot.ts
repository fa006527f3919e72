import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as S from 'fp-ts/lib/string.js';
import { decode, decodeJson } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { canonicalJson, sha256 } from '../codec/hash.js';
import type { AsOfDate, Sha256 } from '../codec/primitives.js';
import { type EpochDay, isoDay, parseIsoDay } from '../day.js';
import { dayOfBar } from './bars.js';
import { barsSize, decodeBars, encodeBars } from './snapshot-bars.js';
import { checkContent, type SnapshotContent } from './snapshot-content.js';
import { SNAPSHOT_COLUMNS, SnapshotManifest } from './snapshot-manifest.js';

export type { SnapshotContent } from './snapshot-content.js';

/** A snapshot as two objects. Its address is the SHA-256 of the manifest, which names the bars'. */
export interface SealedSnapshot {
  readonly manifestBytes: Uint8Array;
  readonly barsBytes: Uint8Array;
  readonly sha256: Sha256;
}

/** The location of a snapshot: its two objects are siblings. */
export const snapshotKeys = (
  asOfDate: AsOfDate,
  address: Sha256,
): { readonly manifest: string; readonly bars: string } => ({
  manifest: `snapshots/${asOfDate}/${address}/manifest.json`,
  bars: `snapshots/${asOfDate}/${address}/bars.f64`,
});

const bySymbol = (a: { readonly symbol: string }, b: { readonly symbol: string }): number =>
  S.Ord.compare(a.symbol, b.symbol);

const dayText = (day: EpochDay | undefined): string => (day === undefined ? '' : isoDay(day));

const sealSound = (content: SnapshotContent): E.Either<Failure, SealedSnapshot> => {
  const series = [...content.series].sort(bySymbol);
  const barsBytes = encodeBars(series);
  return pipe(
    decode(SnapshotManifest)({
      schema_version: 1,
      as_of_date: isoDay(content.range.last),
      start_date: isoDay(content.range.first),
      benchmark: content.benchmark,
      previous_pool: content.previousPool,
      metadata: [...content.metadata].sort(bySymbol).map((entry) => ({
        symbol: entry.symbol,
        status: entry.status,
        base_asset: entry.baseAsset,
        quote_asset: entry.quoteAsset,
        is_spot_trading_allowed: entry.isSpotTradingAllowed,
        permissions: entry.permissions,
      })),
      columns: SNAPSHOT_COLUMNS,
      series: series.map((one) => ({
        symbol: one.symbol,
        rows: one.day.length,
        first_day: dayText(dayOfBar(one, 0)),
        last_day: dayText(dayOfBar(one, -1)),
      })),
      bars: { bytes: barsBytes.byteLength, sha256: sha256(barsBytes) },
    }),
    E.map((manifest) => {
      const manifestBytes = new TextEncoder().encode(canonicalJson(manifest));
      return { manifestBytes, barsBytes, sha256: sha256(manifestBytes) };
    }),
  );
};

/**
 * Seals the input of a ranking. The same content gives the same bytes and the same address,
 * independently of the order of its symbols and of its source. Invalid content is not sealed.
 */
export const sealSnapshot = (content: SnapshotContent): E.Either<Failure, SealedSnapshot> =>
  pipe(checkContent(content), E.chain(sealSound));

const reject = (message: string): E.Either<Failure, never> =>
  E.left(permanent('malformed-input', `Snapshot: ${message}`));

const contentOf = (
  manifest: SnapshotManifest,
  barsBytes: Uint8Array,
): E.Either<Failure, SnapshotContent> => {
  const { bytes, sha256: expected } = manifest.bars;
  const rows = manifest.series.reduce((sum, entry) => sum + entry.rows, 0);
  if (bytes !== barsSize(rows)) {
    return reject(`bars: expected ${barsSize(rows)} bytes for ${rows} rows, got ${bytes}`);
  }
  if (barsBytes.byteLength !== bytes) {
    return reject(`bars: expected ${bytes} bytes, got ${barsBytes.byteLength}`);
  }
  const actual = sha256(barsBytes);
  if (actual !== expected) return reject(`bars: expected SHA-256 ${expected}, got ${actual}`);
  return E.right({
    range: { first: parseIsoDay(manifest.start_date), last: parseIsoDay(manifest.as_of_date) },
    benchmark: manifest.benchmark,
    previousPool: manifest.previous_pool,
    metadata: manifest.metadata.map((entry) => ({
      symbol: entry.symbol,
      status: entry.status,
      baseAsset: entry.base_asset,
      quoteAsset: entry.quote_asset,
      isSpotTradingAllowed: entry.is_spot_trading_allowed,
      permissions: entry.permissions,
    })),
    series: decodeBars(manifest.series, barsBytes),
  });
};

/**
 * The content of a sealed snapshot. The caller must have verified the manifest against its address.
 * This function verifies the bars, and that sealing the content again gives the same snapshot,
 * which covers every order, count and day in the manifest. The series may share memory with
 * `barsBytes`: do not write to it afterwards.
 */
export const openSnapshot = (
  manifestBytes: Uint8Array,
  barsBytes: Uint8Array,
): E.Either<Failure, SnapshotContent> =>
  pipe(
    decodeJson(SnapshotManifest, 'Snapshot manifest')(new TextDecoder().decode(manifestBytes)),
    E.chain((manifest) => contentOf(manifest, barsBytes)),
    E.chainFirst((content) =>
      pipe(
        sealSnapshot(content),
        E.chain((again) =>
          again.sha256 === sha256(manifestBytes)
            ? E.right(undefined)
            : reject('manifest is not canonical: re-sealing its content gives another hash'),
        ),
      ),
    ),
  );
