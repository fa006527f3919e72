import { spawnSync } from 'node:child_process';
import { isCode } from '../../shared/local/files.js';
import { packagingError } from './packaging-error.js';

/** Runs a program in a folder, silently. False if there is no such program. */
export const runProgram = (program: string, args: readonly string[], cwd: string): boolean => {
  const { error, status, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (isCode(error, 'ENOENT')) return false;
  if (error !== undefined) throw error;
  if (status !== 0)
    throw packagingError(`${program} ${args[0]}: ended with ${status}. ${stderr.trim()}`);
  return true;
};

/** The same for npm, which is always needed. */
export const runNpm = (args: readonly string[], cwd: string): void => {
  if (!runProgram('npm', [...args, '--loglevel=error'], cwd))
    throw packagingError('npm: expected it on the PATH.');
};
