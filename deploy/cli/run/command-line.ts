import { DEFAULTS } from '../../../shared/contract/constants.js';
import { BINANCE_URL } from '../../../shared/market-data/binance/http/public-url.js';
import { DEFAULT_BUCKET } from '../local-config.js';
import { shellWords } from '../terminal/shell-quote.js';
import type { RunOptions } from './options.js';

type Words = readonly string[];

const unless = (isDefault: boolean, ...words: Words): Words => (isDefault ? [] : words);

const sourceWords = ({ source }: RunOptions): Words => {
  switch (source.kind) {
    case 'demo':
      return [];
    case 'csv':
      return ['--source', 'csv', '--data-dir', source.data_dir, '--metadata', source.metadata];
    case 'binance':
      return [
        ...['--source', 'binance'],
        ...unless(source.url === BINANCE_URL, '--binance-url', source.url),
      ];
  }
};

/** What every month of this folder has in common. */
const standingWords = (run: RunOptions): Words => [
  ...sourceWords(run),
  ...unless(run.mode === DEFAULTS.mode, '--mode', run.mode),
  ...unless(run.pool_size === DEFAULTS.poolSize, '--pool-size', String(run.pool_size)),
  ...unless(run.bucket === DEFAULT_BUCKET, '--bucket', run.bucket),
  ...unless(!run.selection_meta, '--selection-meta'),
];

const previousPoolWords = ({ previous_pool }: RunOptions): Words =>
  previous_pool === undefined ? [] : ['--previous-pool', previous_pool.join(',') || 'none'];

/** The words that ask for the next month as the last one was asked for. */
export const repeatedRun = (last: RunOptions | undefined): string =>
  shellWords(['run', ...(last === undefined ? [] : standingWords(last))]);

/** The words that have the shadow history made of what the last run was made of. */
export const shadowBuildLike = (last: RunOptions | undefined): string =>
  shellWords([
    'monthly-shadow-build',
    ...(last === undefined ? [] : standingWords(last)),
    ...(last?.as_of_date === undefined ? [] : ['--as-of-date', last.as_of_date]),
  ]);

const exactWords = (run: RunOptions): Words => [
  ...standingWords(run),
  ...previousPoolWords(run),
  ...(run.as_of_date === undefined ? [] : ['--as-of-date', run.as_of_date]),
  ...unless(!run.dry_run, '--dry-run'),
  ...unless(!run.allow_stale, '--allow-stale'),
  ...(run.now === undefined ? [] : ['--now', run.now]),
];

/** The words that ask for exactly this run, so that it is joined where it stopped. */
export const resumedRun = (run: RunOptions): string => shellWords(['run', ...exactWords(run)]);

/** The words that ask for exactly this build of the shadow history, which publishes nothing. */
export const resumedBuild = (command: Words, run: RunOptions): string =>
  shellWords([...command, ...exactWords({ ...run, dry_run: false })]);
