// Says which CommonJS packages a process has loaded once the module named on the command line has
// been imported: the cloud clients are CommonJS, even if ES modules import them.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

await import(pathToFileURL(process.argv[2]).href);

const files = Object.keys(createRequire(import.meta.url).cache);
const packages = files.map(
  (file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1],
);
const names = packages.filter((name) => name !== undefined);
process.stdout.write(JSON.stringify([...new Set(names)].sort()));
process.exit();
