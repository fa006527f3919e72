// `npm run bench:cold-start`: how long a function takes from nothing to its first answer, deployed
// as in the cloud: the archive of `npm run package`, unpacked, what it needs installed, and the
// framework's own command on it. The first message cannot be read, so it is dead-lettered: that
// makes the environment and all its clients and publishes once, to a stand-in that accepts at once.
// Ratios within one run mean something; absolute times belong to the machine. A container's own
// start is not in them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildArchive } from '../../deploy/package/build-archive.js';
import { FunctionName } from '../../shared/topology.js';
import { install, startArchived, unpack } from '../deploy/package/support/installed-archive.js';
import { PROJECT, REVISION } from '../deploy/package/support/project.js';
import { acceptingPubsub } from '../support/accepting-pubsub.js';
import { pushTo, type ServerProcess, startServer } from '../support/server-process.js';

const RUNS = 7;
const BARE = `require('node:http').createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(204).end());
}).listen(0)`;

interface ColdStart {
  /** Milliseconds until the process listens: what is imported before the first event. */
  readonly listening: number;
  /** Milliseconds until the first message has been acknowledged. */
  readonly answered: number;
}

const coldStart = async (
  name: FunctionName,
  start: () => Promise<ServerProcess>,
): Promise<ColdStart> => {
  const begin = performance.now();
  const server = await start();
  try {
    const listening = performance.now() - begin;
    const status = await pushTo(server, name, {
      data: Buffer.from('no message').toString('base64'),
      messageId: '1',
      publishTime: '2026-04-01T00:15:30Z',
    });
    if (status !== 204) throw new Error(`${name}: expected 204, got ${status}`);
    return { listening, answered: performance.now() - begin };
  } finally {
    await server.stop();
  }
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const cell = (value: number, digits = 0): string => value.toFixed(digits).padStart(10);

const pubsub = await acceptingPubsub();
const variables = { PUBSUB_EMULATOR_HOST: pubsub.host };
const folder = mkdtempSync(join(tmpdir(), 'live-pool-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const { bytes, files, packages } = await buildArchive(PROJECT, () => REVISION);
unpack(bytes, folder);
await install(folder);

const subjects = new Map<string, () => Promise<ColdStart>>([
  ['bare node', () => coldStart('promote', () => startServer(['--eval', BARE]))],
]);
for (const name of Object.keys(FunctionName.keys).filter(FunctionName.is))
  subjects.set(name, () => coldStart(name, () => startArchived(folder, name, variables)));

// One run of each function in turn: a slow minute of the machine then slows all of them.
const measured = new Map<string, ColdStart[]>([...subjects.keys()].map((name) => [name, []]));
for (let run = 0; run < RUNS; run += 1)
  for (const [name, measure] of subjects) measured.get(name)?.push(await measure());
pubsub.close();

const bare = median(measured.get('bare node')?.map(({ answered }) => answered) ?? []);
console.log(`archive: ${bytes.length} bytes, ${files.length} files; installs ${packages} packages`);
console.log(`cold start, ${RUNS} runs: milliseconds from spawn`);
console.log(
  `${''.padEnd(16)}${'listening'.padStart(20)}${'first message acknowledged'.padStart(30)}`,
);
console.log(
  `${''.padEnd(16)}${['median', 'min', 'median', 'min', 'x bare'].map((head) => head.padStart(10)).join('')}`,
);
for (const [name, runs] of measured) {
  const listening = runs.map((run) => run.listening);
  const answered = runs.map((run) => run.answered);
  const columns = [listening, answered].flatMap((values) => [median(values), Math.min(...values)]);
  console.log(
    `${name.padEnd(16)}${columns.map((value) => cell(value)).join('')}${cell(median(answered) / bare, 1)}`,
  );
}
