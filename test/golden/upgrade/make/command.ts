import assert from 'node:assert/strict';
import { livePoolProcess } from '../../../support/cli.js';

const REVISION = 'ded252e81bae0c3d6d8b496cfec9813f83106b42';

const preload = (file: string): string => new URL(file, import.meta.url).href;

export interface Ending {
  /** Default: 0. */
  readonly code?: number;
  /** Kills the process at the first change to the files that matches. */
  readonly killBefore?: string;
}

/** Kills the process before the function acknowledges its message. */
export const beforeAcknowledgement = (name: string): Ending => ({
  killBefore: `unlink .*pending/.*-${name}\\.json$`,
});

/** Runs a command in a process of its own, at an instant, to the ending that is expected. */
export const runCommand = async (
  state: string,
  now: string,
  words: readonly string[],
  { code = 0, killBefore }: Ending = {},
): Promise<void> => {
  const isKilled = killBefore !== undefined;
  const ended = await livePoolProcess([...words, '--state', state, '--now', now], {
    environment: {
      SOURCE_REVISION: REVISION,
      NODE_OPTIONS: `--import=${preload('operator.mjs')}`,
      ...(isKilled ? { KILL_BEFORE: killBefore } : {}),
    },
    ...(isKilled ? { preload: preload('../../../support/kill-at.mjs') } : {}),
  });
  const line = `${words.join(' ')}: ${ended.code ?? 'killed'}`;
  assert.equal(ended.code, isKilled ? null : code, `${line}\n${ended.stderr}`);
  console.log(line);
};
