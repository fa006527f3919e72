// Loaded before the command: counts every change to the file system and, at the one that KILL_AT
// numbers or the first that KILL_BEFORE matches, ends the process as `kill -9` would. With TRACE_TO
// it writes down what it saw.
import { appendFileSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const promises = createRequire(import.meta.url)('node:fs/promises');
const killAt = Number(process.env.KILL_AT ?? 0);
const killBefore = process.env.KILL_BEFORE && new RegExp(process.env.KILL_BEFORE);
const traceTo = process.env.TRACE_TO;
let count = 0;

for (const name of ['open', 'rename', 'unlink']) {
  const original = promises[name];
  promises[name] = (path, ...rest) => {
    count += 1;
    if (traceTo) appendFileSync(traceTo, `${count} ${name} ${path}\n`);
    if (count === killAt || killBefore?.test(`${name} ${path}`))
      process.kill(process.pid, 'SIGKILL');
    return original(path, ...rest);
  };
}
syncBuiltinESMExports();
