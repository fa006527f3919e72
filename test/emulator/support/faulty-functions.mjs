// The functions as they are deployed, with the thing going wrong that TROUBLE names, or none. Runs in
// the functions' own process, so it stands on the compiled product.
import { existsSync, writeFileSync } from 'node:fs';
import TE from 'fp-ts/lib/TaskEither.js';
import { lazyAsync } from '../../../dist/functions/lazy-async.js';
import { workerRanker } from '../../../dist/functions/rank/ranker.js';
import { registerFunctions } from '../../../dist/functions/register-functions.js';
import { permanent, transient } from '../../../dist/shared/codec/failure.js';
import { openCloudEnvironment } from '../../../dist/shared/gcp/environment.js';
import { htmlRenderer } from '../../../dist/shared/report/html-renderer.js';

const { TROUBLE, TROUBLE_MARK = '' } = process.env;

/** Dies between write and publish, the first time that a release is to be announced. */
const crashing = (environment) => ({
  publisher: {
    publish: (topic, data, attributes) => {
      if (topic === 'release-materialised' && !existsSync(TROUBLE_MARK)) {
        writeFileSync(TROUBLE_MARK, 'crashed');
        process.kill(process.pid, 'SIGKILL');
      }
      return environment.publisher.publish(topic, data, attributes);
    },
  },
});

/** Never succeeds, and never knows whether it might. */
const poisoned = () => ({
  ranker: { rank: () => TE.left(transient('unavailable', 'The ranker is not to be reached.')) },
});

/** The first ranking goes on until a second one has begun: until the ack deadline has passed. */
const slow = () => {
  let secondHasBegun = () => {};
  const secondBegins = new Promise((resolve) => {
    secondHasBegun = resolve;
  });
  let calls = 0;
  return {
    ranker: {
      rank: (job) => async () => {
        calls += 1;
        if (calls === 1) await secondBegins;
        else secondHasBegun();
        return workerRanker.rank(job)();
      },
    },
  };
};

const troubles = { crashing, poisoned, slow };

/** The shadow history is none of these tests' business, and long: it is dead-lettered at once. */
const noScorer = {
  model: 'none',
  score: () => TE.left(permanent('upstream-incomplete', 'There is no scorer here.')),
};

registerFunctions(
  lazyAsync(async () => {
    const cloud = await openCloudEnvironment({ env: process.env, clock: () => new Date() });
    const ports = { ranker: workerRanker, scorer: noScorer, reporter: htmlRenderer };
    const environment = { ...cloud, ...ports };
    return { ...environment, ...troubles[TROUBLE]?.(environment) };
  }),
);
