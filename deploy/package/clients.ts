import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isCode } from '../../shared/local/files.js';
import { packageRoot } from '../package-root.js';
import { packagingError } from './packaging-error.js';

const output = join(packageRoot, 'build');

/** Runs a program at the root; what it prints goes to stderr. False if there is no such program. */
const run = (program: string, args: readonly string[]): boolean => {
  const { error, status } = spawnSync(program, args, {
    cwd: packageRoot,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (isCode(error, 'ENOENT')) return false;
  if (error !== undefined) throw error;
  if (status !== 0) throw packagingError(`${program} ${args.join(' ')}: ended with ${status}.`);
  return true;
};

/** Leaves the packages of both clients in `build/`. The compiler's output must be up to date. */
mkdirSync(output, { recursive: true });
run(process.execPath, [join(packageRoot, 'dist/deploy/package/bundle-client.js')]);
const pack = ['pack', '--silent', '--ignore-scripts', '--workspace=live-pool-client'];
if (!run('npm', [...pack, `--pack-destination=${output}`]))
  throw packagingError('npm: expected it on the PATH.');
if (!run('python3', ['shared/client/python/build_backend.py', output]))
  process.stderr.write('warning: python3 is not on the PATH; the Python client is not built.\n');
