import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { inSharedMemory } from '../../../functions/shadow/shared-memory-sample.js';
import { transient } from '../../../shared/codec/failure.js';
import type { Sample } from '../../../shared/research/sample.js';
import type { WindowScores } from '../../../shared/research/walk-forward/score-window.js';
import { encodeWindowScores } from '../../../shared/research/walk-forward/window-codec.js';
import type {
  WindowJob,
  WindowScorer,
} from '../../../shared/research/walk-forward/window-scorer.js';
import { planWindows } from '../../../shared/research/walk-forward/windows.js';
import { getOrThrow } from '../../support/get-or-throw.js';
import { inProcessScorer } from '../../support/in-process-scorer.js';
import { seededRandom } from '../../support/synthetic-bars.js';

/** A worker starts from a compiled file, so this is the scorer as it is deployed. */
const compiled = async (
  threads: number,
): Promise<
  ReturnType<typeof import('../../../functions/shadow/worker-scorer.js')['workerScorer']>
> => {
  const path = resolve(import.meta.dirname, '../../../dist/functions/shadow/worker-scorer.js');
  return (await import(pathToFileURL(path).href)).workerScorer(threads);
};

const DATES = 900;

/** One name, three features. */
const sample = ((): Sample => {
  const random = seededRandom(7);
  const column = (size: number) => Float64Array.from({ length: size }, () => random());
  return {
    offsets: Int32Array.from({ length: DATES + 1 }, (_, date) => date),
    features: { rows: DATES, columns: 3, values: column(3 * DATES) },
    targets: { blended_rank_pct: column(DATES), future_topk_label_60: column(DATES) },
  };
})();

const jobs: readonly WindowJob[] = (['blended_rank_pct', 'future_topk_label_60'] as const).flatMap(
  (target) => planWindows(DATES).map((window) => ({ window, target })),
);

const bytesBy = async (scorer: WindowScorer, of: Sample) => {
  const found: WindowScores[] = [];
  const keep = (scores: WindowScores) => TE.fromIO(() => found.push(scores));
  getOrThrow(await scorer.score(of, jobs, keep)());
  return found.map((scores) => Buffer.from(encodeWindowScores(scores)).toString('base64')).sort();
};

describe('windows that are scored in worker threads', () => {
  it('have the same bytes as those scored here, from shared memory or a copy', async () => {
    const expected = await bytesBy(inProcessScorer(), sample);
    assert.equal(expected.length, jobs.length);
    assert.deepEqual(await bytesBy(await compiled(2), inSharedMemory(sample)), expected);
    assert.deepEqual(await bytesBy(await compiled(1), sample), expected);
  });

  it('start no thread if there is no window to score', async () => {
    const scorer = await compiled(2);
    getOrThrow(await scorer.score(sample, [], () => TE.left(transient('unexpected', 'never')))());
  });

  it('end with the first window that cannot be passed on', async () => {
    let handedOver = 0;
    const scorer = await compiled(1);
    const result = await scorer.score(sample, jobs, () => {
      handedOver += 1;
      return TE.left(transient('unavailable', 'the store is down'));
    })();
    assert.ok(E.isLeft(result));
    assert.equal(result.left.message, 'the store is down');
    assert.ok(handedOver < jobs.length, `${handedOver} were handed over`);
  });

  it('fail when a worker does', async () => {
    const scorer = await compiled(2);
    const features = { ...sample.features, values: sample.features.values.map(() => Infinity) };
    const broken = { ...sample, features };
    const result = await scorer.score(broken, jobs, () => TE.right(undefined))();
    assert.ok(E.isLeft(result));
    assert.equal(result.left.kind, 'transient');
  });
});
