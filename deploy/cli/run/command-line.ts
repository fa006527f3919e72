import { DEFAULTS } from '../../../shared/contract/constants.js';
import { BINANCE_URL } from '../../../shared/market-data/binance/http/public-url.js';
import { DEFAULT_BUCKET } from '../local-config.js';
import { quoteArgs } from '../terminal/shell-quote.js';
import type { RunOptions } from './options.js';

type Args = readonly string[];

const argsUnless = (isDefault: boolean, ...args: Args): Args => (isDefault ? [] : args);

const sourceArgs = ({ source }: RunOptions): Args => {
  switch (source.kind) {
    case 'demo':
      return [];
    case 'csv':
      return ['--source', 'csv', '--data-dir', source.data_dir, '--metadata', source.metadata];
    case 'binance':
      return [
        ...['--source', 'binance'],
        ...argsUnless(source.url === BINANCE_URL, '--binance-url', source.url),
      ];
  }
};

/** The arguments that are the same for every month of this folder. */
const commonArgs = (run: RunOptions): Args => [
  ...sourceArgs(run),
  ...argsUnless(run.mode === DEFAULTS.mode, '--mode', run.mode),
  ...argsUnless(run.pool_size === DEFAULTS.poolSize, '--pool-size', String(run.pool_size)),
  ...argsUnless(run.bucket === DEFAULT_BUCKET, '--bucket', run.bucket),
  ...argsUnless(!run.selection_meta, '--selection-meta'),
];

const previousPoolArgs = ({ previous_pool }: RunOptions): Args =>
  previous_pool === undefined ? [] : ['--previous-pool', previous_pool.join(',') || 'none'];

/** The arguments that run the next month with the options of the last run. */
export const nextRunCommand = (last: RunOptions | undefined): string =>
  quoteArgs(['run', ...(last === undefined ? [] : commonArgs(last))]);

/** The arguments that make the shadow history from the data of the last run. */
export const shadowBuildCommand = (last: RunOptions | undefined): string =>
  quoteArgs([
    'monthly-shadow-build',
    ...(last === undefined ? [] : commonArgs(last)),
    ...(last?.as_of_date === undefined ? [] : ['--as-of-date', last.as_of_date]),
  ]);

const allArgs = (run: RunOptions): Args => [
  ...commonArgs(run),
  ...previousPoolArgs(run),
  ...(run.as_of_date === undefined ? [] : ['--as-of-date', run.as_of_date]),
  ...argsUnless(!run.dry_run, '--dry-run'),
  ...argsUnless(!run.allow_stale, '--allow-stale'),
  ...(run.now === undefined ? [] : ['--now', run.now]),
];

/** The arguments of exactly this run, so that it resumes where it stopped. */
export const resumeRunCommand = (run: RunOptions): string => quoteArgs(['run', ...allArgs(run)]);

/** The arguments of exactly this shadow build, which publishes nothing. */
export const resumeBuildCommand = (command: Args, run: RunOptions): string =>
  quoteArgs([...command, ...allArgs({ ...run, dry_run: false })]);
