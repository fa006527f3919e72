import * as O from 'fp-ts/lib/Option.js';
import type * as t from 'io-ts';
import { readJson } from '../../../shared/codec/bytes.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import type { AsOfDate, Version } from '../../../shared/codec/primitives.js';
import { ARTIFACT_FILE } from '../../../shared/contract/constants.js';
import { ArchivedMessage, type RunId } from '../../../shared/messages/envelope.js';
import { releaseKey, scratchPrefix } from '../../../shared/object-keys.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { readOptional } from '../../../shared/releases/read-referenced-object.js';
import type { MonthlyFunction, Topic } from '../../../shared/topology.js';
import type { TargetStores } from '../run/state-stores.js';
import { promotionOutcome } from './publish-and-wait.js';
import { withoutDerived } from './select-archived-message.js';

/** The fields that identify a run; each of its messages has them. */
export interface Run {
  readonly run_id: RunId;
  readonly version: Version;
  readonly as_of_date: AsOfDate;
  readonly dry_run: boolean;
}

/** The end of a run. */
export interface RunOutcome {
  readonly outcome: 'done' | 'superseded' | 'dry_run';
  readonly seq: number | null;
}

/** The progress of a run. */
export interface RunStatus {
  /** The functions that have finished, in the order of the flow. */
  readonly stages: readonly MonthlyFunction[];
  readonly end: RunOutcome | undefined;
}

type ArchivedEnvelope = t.TypeOf<typeof ArchivedMessage>;

/** Finds the message of a run in a topic's archive; caches messages, which never change. */
const archiveReader = (objects: ObjectStore) => {
  const known = new Map<string, ArchivedEnvelope>();
  const read = async (key: string): Promise<ArchivedEnvelope> => {
    const stored = known.get(key);
    if (stored !== undefined) return stored;
    const bytes = getOrThrow(await readOptional(objects, key)()) ?? new Uint8Array();
    const message = getOrThrow(readJson(ArchivedMessage, key)(bytes));
    known.set(key, message);
    return message;
  };
  return async (topic: Topic, runId: RunId): Promise<ArchivedEnvelope | undefined> => {
    const listed = getOrThrow(await objects.list(`events/${topic}/`)());
    const messages = await Promise.all(listed.map(({ key }) => read(key)));
    return withoutDerived(messages).find(({ run_id }) => run_id === runId);
  };
};

/** The topics to which the first functions publish when they finish. */
const STAGE_TOPICS = [
  ['ingest', 'market-data-ingested'],
  ['rank', 'pool-ranked'],
] as const;

/**
 * Reads the progress of a run from the stores: the archived messages of its functions, then the
 * ledger and the document; for a dry run its release under `scratch/`.
 */
export const runStatusPoller = (stores: TargetStores, run: Run): (() => Promise<RunStatus>) => {
  const { objects } = stores;
  const find = archiveReader(objects);
  const scratchManifest = `${scratchPrefix(run)}${releaseKey(run.version, ARTIFACT_FILE.artifact_manifest)}`;

  const materialised = async (stages: readonly MonthlyFunction[]): Promise<RunStatus> => {
    if (run.dry_run) {
      const found = getOrThrow(await objects.head(scratchManifest)());
      return O.isNone(found)
        ? { stages, end: undefined }
        : { stages: [...stages, 'materialise'], end: { outcome: 'dry_run', seq: null } };
    }
    const message = await find('release-materialised', run.run_id);
    if (message === undefined) return { stages, end: undefined };
    const finished: readonly MonthlyFunction[] = [...stages, 'materialise'];
    const promoted = await promotionOutcome(stores, {
      eventId: message.event_id,
      intent: 'publish',
      version: run.version,
      asOfDate: run.as_of_date,
    });
    if (promoted === undefined) return { stages: finished, end: undefined };
    return promoted.outcome === 'superseded'
      ? { stages: finished, end: { outcome: 'superseded', seq: null } }
      : {
          stages: [...finished, 'promote', 'sync-firestore'],
          end: { outcome: 'done', seq: promoted.seq },
        };
  };

  return async () => {
    const stages: MonthlyFunction[] = [];
    for (const [name, topic] of STAGE_TOPICS) {
      if ((await find(topic, run.run_id)) === undefined) return { stages, end: undefined };
      stages.push(name);
    }
    return materialised(stages);
  };
};
