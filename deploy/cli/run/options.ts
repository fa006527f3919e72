import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { explainErrors } from '../../../shared/codec/decode.js';
import { AsOfDate, Mode, PositiveInteger, SymbolUsdt } from '../../../shared/codec/primitives.js';
import { refinedText } from '../../../shared/codec/refined.js';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import { BINANCE_URL } from '../../../shared/market-data/binance/http/public-url.js';
import type { Context } from '../context.js';
import { DEFAULT_BUCKET } from '../local-config.js';
import { UsageError } from '../terminal/usage-error.js';

const BucketName = refinedText(
  'BucketName',
  '[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]',
  'a bucket name of 3 to 63 lower-case letters, digits, dots and dashes',
);

const Source = t.union(
  [
    t.strict({ kind: t.literal('demo') }),
    t.strict({ kind: t.literal('csv'), data_dir: t.string, metadata: t.string }),
    t.strict({ kind: t.literal('binance'), url: t.string }),
  ],
  'source',
);

/** The complete options of `run`; stored in the state folder. */
export const RunOptions = t.intersection(
  [
    t.strict({
      source: Source,
      mode: Mode,
      pool_size: PositiveInteger,
      bucket: BucketName,
      dry_run: t.boolean,
      allow_stale: t.boolean,
      selection_meta: t.boolean,
    }),
    t.exact(
      t.partial({
        as_of_date: AsOfDate,
        previous_pool: t.readonlyArray(SymbolUsdt, 'array of SymbolUsdt'),
        now: t.string,
      }),
    ),
  ],
  'run options',
);
export type RunOptions = t.TypeOf<typeof RunOptions>;

/** The flags that belong to one source. */
const SOURCE_FLAGS = [
  { kind: 'csv', names: ['dataDir', 'metadata'], belong: '--data-dir and --metadata need' },
  { kind: 'binance', names: ['binanceUrl'], belong: '--binance-url needs' },
] as const;

const httpUrl = (text: string): string => {
  if (!/^https?:\/\/./.test(text) || !URL.canParse(text))
    throw new UsageError(`--binance-url: expected an http or https address, got ${text}`);
  return text;
};

const sourceOf = (options: Readonly<Record<string, unknown>>): unknown => {
  const kind = options.source ?? 'demo';
  for (const { kind: own, names, belong } of SOURCE_FLAGS)
    if (kind !== own && names.some((name) => options[name] !== undefined))
      throw new UsageError(`${belong} --source ${own}`);
  switch (kind) {
    case 'demo':
      return { kind };
    case 'csv':
      if (options.dataDir === undefined || options.metadata === undefined)
        throw new UsageError('--source csv needs --data-dir and --metadata');
      return { kind, data_dir: options.dataDir, metadata: options.metadata };
    case 'binance':
      return { kind, url: httpUrl(String(options.binanceUrl ?? BINANCE_URL)) };
    default:
      throw new UsageError(`--source: expected demo, csv or binance, got ${String(kind)}`);
  }
};

const previousPoolOf = (text: unknown): unknown => {
  if (text === undefined || text === 'auto') return undefined;
  return text === 'none' ? [] : String(text).split(',');
};

const withoutUndefined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Decodes the flags of `run`; an invalid flag is a usage error that names it. */
export const runOptionsOf = (
  options: Readonly<Record<string, unknown>>,
  { now, localBucket }: Pick<Context, 'now' | 'localBucket'>,
): RunOptions => {
  const decoded = RunOptions.decode(
    withoutUndefined({
      source: sourceOf(options),
      mode: options.mode ?? DEFAULTS.mode,
      pool_size: options.poolSize === undefined ? DEFAULTS.poolSize : Number(options.poolSize),
      bucket: localBucket ?? DEFAULT_BUCKET,
      dry_run: options.dryRun === true,
      allow_stale: options.allowStale === true,
      selection_meta: options.selectionMeta === true,
      as_of_date: options.asOfDate,
      previous_pool: previousPoolOf(options.previousPool),
      now: now?.toISOString(),
    }),
  );
  if (E.isLeft(decoded)) throw new UsageError(explainErrors('run', decoded.left));
  return decoded.right;
};
