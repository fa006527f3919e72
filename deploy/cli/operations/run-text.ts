import type { Release } from '../../../shared/contract/release.js';
import { poolTable } from '../release/pool-members-table.js';
import type { CommandTarget } from '../target/command-target.js';
import { wrap } from '../terminal/wrap.js';
import type { RunResult } from './run-result.js';

const headline: Readonly<
  Record<
    RunResult['outcome'],
    (setExitCode: RunResult, command: CommandTarget['commandLine']) => string
  >
> = {
  published: ({ version, promotion_seq }) => `Published ${version} as promotion ${promotion_seq}.`,
  already_done: ({ version, promotion_seq }) =>
    `${version} was published before, as promotion ${promotion_seq}; nothing has changed.`,
  dry_run: ({ version }) => `Dry run of ${version}: nothing was promoted.`,
  superseded: ({ version }, command) =>
    `${version} was not promoted: a later decision stands. See: ${command('history')}`,
  requested: ({ version, run_id }) => `Asked for ${version}, run ${run_id}.`,
};

/** Where things lie, by the word that introduces them; in this order. */
export type OutputLocations = Readonly<Record<string, string>>;

/** The month on one screen: the pool, and where everything lies. */
export const runText = (
  setExitCode: RunResult,
  release: Release | undefined,
  locations: OutputLocations,
  command: CommandTarget['commandLine'],
): string =>
  [
    ...wrap(headline[setExitCode.outcome](setExitCode, command), 2),
    ...(release === undefined ? [] : [poolTable(release)]),
    ...Object.entries(locations).map(([what, where]) => `${what.padEnd(12)}${where}`),
  ].join('\n');
