import { execFileSync, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Finished } from './cli.js';

const projectRoot = resolve(import.meta.dirname, '..', '..');
export const PYTHON_CLIENT = resolve(projectRoot, 'shared/client/python');

/** Runs python3 on a script of the project, with the client to import. Leaves no files behind. */
export const python = (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Finished> =>
  new Promise((resolveRun, reject) => {
    const child = spawn('python3', [...words], {
      cwd: projectRoot,
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONPATH: PYTHON_CLIENT,
        ...environment,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolveRun({ code, stdout, stderr }));
  });

const found = ((): string | undefined => {
  try {
    return execFileSync('python3', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
})();

/** A suite that needs python3. Without it, it is skipped and its title says so; in CI it fails. */
export const describeWithPython = (title: string, body: () => void): void => {
  if (found !== undefined) {
    describe(`${title} (${found})`, body);
    return;
  }
  describe(`${title} — SKIPPED: there is no python3`, () => {
    if (process.env.CI === 'true')
      it('runs in CI', () => {
        throw new Error('CI must have python3 on its path.');
      });
    else it.skip('needs python3', () => undefined);
  });
};
