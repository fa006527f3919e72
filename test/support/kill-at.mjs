// Loaded before the command: counts every change to the file system.
//
// - KILL_AT, KILL_BEFORE: at the change with this number, or the first that matches this pattern,
//   ends the process as `kill -9` would.
// - COPIES: a JSON list of { at, before, from, to }. Before the change with the number `at`, or the
//   first that matches `before`, copies the folder `from` to `to` and continues. The copy is what
//   a kill at that moment would leave: the main thread starts no other operation meanwhile, and
//   operations that have started may or may not end before a kill as well.
// - TRACE_TO: writes the changes to this file.
import { appendFileSync, cpSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const promises = createRequire(import.meta.url)('node:fs/promises');
const killAt = Number(process.env.KILL_AT ?? 0);
const killBefore = process.env.KILL_BEFORE && new RegExp(process.env.KILL_BEFORE);
const copies = JSON.parse(process.env.COPIES ?? '[]');
const traceTo = process.env.TRACE_TO;
let count = 0;

const copyWhole = (from, to) => {
  for (let attempt = 1; ; attempt += 1)
    try {
      cpSync(from, to, { recursive: true });
      return;
    } catch (error) {
      // A file that was listed may be renamed by an operation that has started.
      if (error.code !== 'ENOENT' || attempt === 10) throw error;
    }
};

for (const name of ['open', 'rename', 'unlink']) {
  const original = promises[name];
  promises[name] = (path, ...rest) => {
    count += 1;
    if (traceTo) appendFileSync(traceTo, `${count} ${name} ${path}\n`);
    if (count === killAt || killBefore?.test(`${name} ${path}`))
      process.kill(process.pid, 'SIGKILL');
    for (const copy of copies)
      if (
        !copy.isDone &&
        (copy.at === count || (copy.before && new RegExp(copy.before).test(`${name} ${path}`)))
      ) {
        copy.isDone = true;
        copyWhole(copy.from, copy.to);
      }
    return original(path, ...rest);
  };
}
syncBuiltinESMExports();
