import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import { daysLeftOf } from '../../shared/config.js';
import { readJson } from '../../shared/contract/bytes.js';
import type { AsOfDate, Version } from '../../shared/contract/primitives.js';
import { type Failure, FailureError, permanent } from '../../shared/failure.js';
import { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import type { Intent } from '../../shared/messages/run-facts.js';
import type { MarketDataSource } from '../../shared/ports/market-data-source.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { readPromotionState } from '../../shared/promotion/store.js';
import { readIfAny } from '../../shared/releases/read-reference.js';
import { lockFolder } from '../local/lock.js';
import { openRuntime, openStores, type Runtime, type StageReport } from '../local/runtime.js';
import { type Context, unwrap } from './context.js';
import { sourceOf } from './market-source.js';
import { readMemory } from './memory.js';
import { clockAfter, configOf, finishUnfinished } from './month.js';
import { stageProgress } from './progress.js';

const refusal = permanent('configuration', 'No run has told where market data come from.');
const noSource: MarketDataSource = {
  id: 'none',
  live: false,
  synthetic: false,
  metadata: () => TE.left(refusal),
  candidates: () => TE.left(refusal),
  bars: () => TE.left(refusal),
};

/** Runs a command that changes something: alone on the folder, after what was left unfinished. */
export const withRuntime = async <A>(
  context: Context,
  task: (runtime: Runtime) => Promise<A>,
): Promise<A> => {
  const { state, now, quiet } = context;
  const lock = unwrap(lockFolder(state.root));
  try {
    const progress = stageProgress(quiet);
    await finishUnfinished(state, progress);
    const { last } = await readMemory(state);
    const config = configOf(last);
    const clock = clockAfter(last, now);
    const source =
      last === undefined
        ? noSource
        : sourceOf(last, { ...openStores(state, config), clock, progress });
    return await task(openRuntime({ state, config, source, clock, progress }));
  } finally {
    lock.release();
  }
};

/** A stage that ended in the dead letters ends the command, with the stage's own sentence. */
export const refuseFailed = (reports: readonly StageReport[]): void => {
  const failed = reports.find(({ entry }) => entry.outcome === 'dead_letter');
  if (failed === undefined) return;
  const { name, entry } = failed;
  throw new FailureError(permanent(entry.code ?? 'unexpected', `${name}: ${entry.message}`));
};

/** Delivers everything and tells what happened; a stage that gave up ends the command. */
export const settle = async ({ drain }: Runtime): Promise<readonly StageReport[]> => {
  const reports = await drain();
  refuseFailed(reports);
  return reports;
};

/** The head of the ledger; without one there is nothing to lead back from. */
export const headOf = async ({ documents }: Pick<Environment, 'documents'>) => {
  const { head } = unwrap(await readPromotionState(documents)());
  if (head === null)
    throw new FailureError(
      permanent('conflict', 'Nothing has been promoted yet. Run: live-pool run'),
    );
  return head;
};

/** The promotion that a control message has made or found; one without effect ends the command. */
export const promotionOf = (reports: readonly StageReport[]): number => {
  const entry = reports.findLast(({ name }) => name === 'promote')?.entry;
  if (entry?.promotion_seq === undefined || entry.outcome === 'superseded')
    throw new FailureError(
      permanent('conflict', `Nothing was promoted: ${String(entry?.reason ?? 'no promotion ran')}`),
    );
  return entry.promotion_seq;
};

/** What `rollback` and `restate` answer; scripts rely on the names. */
export const moveAnswer = (
  { config, clock }: Pick<Environment, 'config' | 'clock'>,
  head: Awaited<ReturnType<typeof headOf>>,
  to: { readonly version: Version; readonly asOfDate: AsOfDate; readonly intent: Intent },
) => ({
  from_version: head.version,
  version: to.version,
  promotion_seq: head.seq + 1,
  intent: to.intent,
  days_left: daysLeftOf(config, to.asOfDate, clock()),
});

const FOLDER = 'events/release-materialised/';

/** An archived message with the bytes that were published. */
export interface Archived {
  readonly message: ReleaseMaterialised;
  readonly bytes: Uint8Array;
}

const readAll = (objects: ObjectStore): TE.TaskEither<Failure, readonly Archived[]> =>
  pipe(
    objects.list(FOLDER),
    TE.chain(
      TE.traverseArray(({ key }) =>
        pipe(
          readIfAny(objects, key),
          TE.map((bytes) => bytes ?? new Uint8Array()),
          TE.chainEitherK((bytes) =>
            pipe(readJson(ReleaseMaterialised, key)(bytes), (decoded) =>
              decoded._tag === 'Left'
                ? decoded
                : { _tag: 'Right' as const, right: { message: decoded.right, bytes } },
            ),
          ),
        ),
      ),
    ),
  );

/** The archived message that announced a version; of several the one with the lowest event id. */
export const archivedRelease = async (
  objects: ObjectStore,
  version: Version,
): Promise<Archived> => {
  const archived = unwrap(await readAll(objects)());
  const found = archived.find(({ message }) => message.payload.version === version);
  if (found === undefined)
    throw new FailureError(
      permanent('contract-invalid', `There is no release ${version}. See: live-pool release list`),
    );
  return found;
};
