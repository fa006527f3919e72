import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';
import { runNpm, runProgram } from './run-program.js';

const BUNDLE = 'dist/deploy/package/bundle-client.js';
const BUILD_BACKEND = 'shared/client/python/build_backend.py';

/**
 * Leaves the packages of both clients in `build/`. The compiler's output must be up to date. False
 * if there is no Python to make its package with.
 */
export const packageClients = (): boolean => {
  const output = join(packageRoot, 'build');
  mkdirSync(output, { recursive: true });
  runProgram(process.execPath, [BUNDLE], packageRoot);
  runNpm(
    [
      ...['pack', '--ignore-scripts', '--workspace=live-pool-client'],
      `--pack-destination=${output}`,
    ],
    packageRoot,
  );
  return runProgram('python3', [BUILD_BACKEND, output], packageRoot);
};
