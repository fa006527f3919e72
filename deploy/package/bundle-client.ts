import { cp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, type Format } from 'esbuild';
import { packageRoot } from '../package-root.js';
import { declarationsFrom } from './declarations.js';

const compiled = join(packageRoot, 'dist/shared');
const output = join(packageRoot, 'shared/client/dist');

/** What `package.json` calls the modules of each format. */
const FORMATS: readonly (readonly [Format, string])[] = [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
];

/**
 * Makes `shared/client/dist`: the client with what it needs from other rooms as one module, once
 * for `import` and once for `require`, each beside its declarations. The compiler's output must be
 * up to date. The declarations stay separate files, as the compiler wrote them: bundlers for them
 * lose the marks of deprecated names.
 */
await rm(output, { recursive: true, force: true });
const declarations = declarationsFrom(join(compiled, 'client/index.d.ts'));
for (const [format, type] of FORMATS) {
  const folder = join(output, format);
  await build({
    entryPoints: [join(compiled, 'client/index.js')],
    absWorkingDir: packageRoot,
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    external: ['fp-ts', 'io-ts'],
    logLevel: 'error',
  });
  for (const file of declarations) await cp(file, join(folder, 'types', relative(compiled, file)));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ type })}\n`);
}
