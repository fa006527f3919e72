import type { Release } from '../../../shared/contract/release.js';
import { poolTable } from '../release/pool-members-table.js';
import type { CommandTarget } from '../target/command-target.js';
import { wrap } from '../terminal/wrap.js';
import type { RunResult } from './run-result.js';

const headline: Readonly<
  Record<RunResult['outcome'], (result: RunResult, command: CommandTarget['commandLine']) => string>
> = {
  published: ({ version, promotion_seq }) => `Published ${version} as promotion ${promotion_seq}.`,
  already_done: ({ version, promotion_seq }) =>
    `${version} was already published, as promotion ${promotion_seq}; nothing changed.`,
  dry_run: ({ version }) => `Dry run of ${version}: nothing was promoted.`,
  superseded: ({ version }, command) =>
    `${version} was not promoted: a later promotion is current. See: ${command('history')}`,
  requested: ({ version, run_id }) => `Requested ${version}, run ${run_id}.`,
};

/** Labels and paths of the output, in the order to print. */
export type OutputLocations = Readonly<Record<string, string>>;

/** The result of `run` as text: the pool and the locations of the output. */
export const runText = (
  result: RunResult,
  release: Release | undefined,
  locations: OutputLocations,
  command: CommandTarget['commandLine'],
): string =>
  [
    ...wrap(headline[result.outcome](result, command), 2),
    ...(release === undefined ? [] : [poolTable(release)]),
    ...Object.entries(locations).map(([what, where]) => `${what.padEnd(12)}${where}`),
  ].join('\n');
