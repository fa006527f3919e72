import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monthlyFunctions } from '../../../shared/topology.js';
import { livePool, livePoolProcess, temporaryFolder } from '../../support/cli.js';
import { fileHashes } from '../../support/file-hashes.js';
import { LAST_DAY, WITHOUT_MODELS, writeSmallHistory } from '../../support/small-history.js';

const preload = new URL('../../support/kill-at.mjs', import.meta.url).href;

/** All that a run leaves behind, but for the transport's own counter. */
const traces = (state: string) => {
  const { 'pubsub/last-message-id': _, ...files } = fileHashes(state);
  return files;
};

interface KillPoint {
  readonly stage: string;
  readonly at: number;
  readonly before: string;
}

/**
 * From the trace of an undisturbed run: the first change, and the middle and last change to the
 * files in each stage. A stage begins where the previous one ends.
 */
const killPoints = (trace: string): readonly KillPoint[] => {
  const changes = trace.trimEnd().split('\n');
  let begin = 0;
  return monthlyFunctions.flatMap((stage) => {
    // A stage ends with its acknowledgement, which removes the message from the queue.
    const end = changes.findIndex(
      (line, index) => index >= begin && / unlink /.test(line) && line.endsWith(`-${stage}.json`),
    );
    const first = begin === 0 ? [begin] : [];
    const points = [...first, Math.floor((begin + end) / 2), end].map((index) => ({
      stage,
      at: index + 1,
      before: changes[index] ?? '',
    }));
    begin = end + 1;
    return points;
  });
};

describe('a run that is killed', () => {
  const folder = temporaryFolder();
  let calm: Readonly<Record<string, string>>;
  let points: readonly KillPoint[];
  let month: readonly string[];

  before(async () => {
    // A small market and no model: the test is about the files, and ranks ten times.
    const { bars, metadata } = writeSmallHistory(folder(), WITHOUT_MODELS);
    month = [
      ...['run', '--source', 'csv', '--data-dir', bars, '--metadata', metadata],
      ...['--as-of-date', LAST_DAY, '--now', '2026-03-14T00:30:00Z'],
    ];
    const state = join(folder(), 'calm');
    const trace = join(folder(), 'trace');
    const run = await livePoolProcess([...month, '--state', state], {
      preload,
      environment: { TRACE_TO: trace },
    });
    assert.equal(run.code, 0, run.stderr);
    calm = traces(state);
    points = killPoints(readFileSync(trace, 'utf8'));
  });

  const resumes = async (state: string, where: string): Promise<void> => {
    const resumed = await livePool([...month, '--state', state, '--format', 'json']);
    assert.equal(resumed.code, 0, `${where}: ${resumed.stderr}`);
    assert.deepEqual(traces(state), calm, where);
  };

  it('covers every stage', () => {
    assert.equal(points.length, 1 + 2 * monthlyFunctions.length);
    assert.ok(
      points.every(({ at }, index) => index === 0 || at > (points[index - 1]?.at ?? 0)),
      JSON.stringify(points),
    );
  });

  it('resumes from what a kill in any stage leaves and ends with the same bytes', async () => {
    // One process leaves all the folders: most of what a killed one costs goes into starting.
    const from = join(folder(), 'copied');
    const copies = points.map(({ at }) => ({ at, from, to: join(folder(), `killed-${at}`) }));
    const copied = await livePoolProcess([...month, '--state', from], {
      preload,
      environment: { COPIES: JSON.stringify(copies) },
    });
    assert.equal(copied.code, 0, copied.stderr);
    for (const { stage, at, before } of points)
      await resumes(join(folder(), `killed-${at}`), `killed in ${stage} before change ${before}`);
  });

  it('resumes after a kill while the worker ranks and ends with the same bytes', async () => {
    const { at } = points.find(({ stage }) => stage === 'rank') ?? {};
    const state = join(folder(), 'killed');
    const killed = await livePoolProcess([...month, '--state', state], {
      preload,
      environment: { KILL_AT: String(at) },
    });
    assert.equal(killed.code, null, 'the process should have died');
    await resumes(state, 'killed');
  });
});
