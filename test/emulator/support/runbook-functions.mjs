// The functions as they are deployed, on a clock and with a trouble that a test sets in a file, so
// that months pass and things go wrong when the runbook is to be read. Runs in the functions' own
// process, so it stands on the compiled product.
import { readFileSync } from 'node:fs';
import TE from 'fp-ts/lib/TaskEither.js';
import { lazyAsync } from '../../../dist/functions/lazy-async.js';
import { workerRanker } from '../../../dist/functions/rank/ranker.js';
import { registerFunctions } from '../../../dist/functions/register-functions.js';
import { permanent, transient } from '../../../dist/shared/codec/failure.js';
import { isoDay } from '../../../dist/shared/day.js';
import { openCloudEnvironment } from '../../../dist/shared/gcp/environment.js';

/** `{now, trouble, config}` */
const world = () => JSON.parse(readFileSync(process.env.RUNBOOK_WORLD, 'utf8'));

const down = transient('unavailable', 'The exchange is not to be reached.');
const bug = permanent('unexpected', 'The ranker has a bug.');

registerFunctions(
  lazyAsync(async () => {
    const clock = () => new Date(world().now);
    const cloud = await openCloudEnvironment({ env: process.env, clock });
    // A dry run and the month after it rank the same bars.
    const ranked = new Map();
    const rank = (job) => {
      if (world().trouble === 'rank') return TE.left(bug);
      const key = Buffer.from(job.manifest).toString('utf8');
      if (!ranked.has(key)) ranked.set(key, workerRanker.rank(job)());
      return () => ranked.get(key);
    };
    return {
      ...cloud,
      // What a deployment's environment variables would change.
      get config() {
        return { ...cloud.config, ...world().config };
      },
      source: {
        ...cloud.source,
        // Down for one month: the others need not wait until its message is given up.
        candidates: (eligible, asOf) =>
          world().trouble === isoDay(asOf)
            ? TE.left(down)
            : cloud.source.candidates(eligible, asOf),
      },
      ranker: { rank },
      scorer: { model: 'none', score: () => TE.left(bug) },
      reporter: { render: () => TE.right('<!doctype html>') },
    };
  }),
);
