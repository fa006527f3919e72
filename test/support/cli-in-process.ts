import { mock } from 'node:test';
import type { Finished } from './cli.js';

/**
 * Runs the command in this process, one line at a time: what it prints is caught. Its modules come
 * by a dynamic import, as it imports its own commands: what mocha has loaded statically would be
 * another copy, with another FailureError.
 */
export const livePoolHere = async (words: readonly string[]): Promise<Finished> => {
  const { runCommandLine } = await import('../../deploy/cli/program.js');
  const printed = { stdout: '', stderr: '' };
  const caught = (['stdout', 'stderr'] as const).map((name) =>
    mock.method(process[name], 'write', (chunk: string | Uint8Array) => {
      printed[name] += String(chunk);
      return true;
    }),
  );
  try {
    const code = await runCommandLine(words);
    return { code, ...printed };
  } finally {
    for (const { mock: method } of caught) method.restore();
  }
};
