import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * A TypeScript program as one JavaScript file, made before the suite and removed after it. Plain
 * node starts it in a tenth of the time that tsx needs, which counts where a test starts many.
 */
export const bundled = (program: URL): (() => string) => {
  let folder = '';
  const file = (): string => join(folder, 'program.mjs');
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'live-pool-program-'));
    await build({
      entryPoints: [fileURLToPath(program)],
      outfile: file(),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      // Stack traces name the sources; the flag for it is --enable-source-maps.
      sourcemap: 'inline',
      // CommonJS packages call it.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return file;
};
