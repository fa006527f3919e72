import * as t from 'io-ts';
import { decode } from '../../../shared/codec/decode.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { AsOfDate, Version } from '../../../shared/codec/primitives.js';
import type { ControlAttributes } from '../../../shared/messages/control-attributes.js';
import type { AnyEnvelope } from '../../../shared/messages/envelope.js';
import { ReleasePromoted } from '../../../shared/messages/release-promoted.js';
import {
  type EnvelopedTopic,
  type FunctionName,
  monthlyFunctions,
  topicOf,
} from '../../../shared/topology.js';
import type { TargetStores } from '../run/state-stores.js';
import type { Operation } from '../target/command-target.js';
import { isAboutVersion, promotionOutcome } from './publish-and-wait.js';
import { runStatusPoller } from './run-status.js';
import { syncOutcome } from './sync-outcome.js';

/** The visible effect of a replayed message. */
export type ReplayEffect = 'done' | 'superseded' | 'dry_run' | 'published';
export type ReplayOutcome = ReplayEffect | 'already_done' | 'requested';

/** The outcome of a replay, from its effect before and after the message. */
export const replayOutcome = (
  before: ReplayEffect | undefined,
  after: ReplayEffect | undefined,
): ReplayOutcome => {
  if (after === undefined) return 'requested';
  return before === 'done' && after === 'done' ? 'already_done' : after;
};

/** The payload fields that determine the effect. */
const PayloadFields = t.intersection(
  [t.type({ version: Version, as_of_date: AsOfDate }), t.partial({ dry_run: t.boolean })],
  'fields of the message',
);

/** The monthly functions that process a message of the topic. */
const functionsFrom = (topic: EnvelopedTopic): readonly FunctionName[] => {
  const first = monthlyFunctions.findIndex((name) => topicOf(name) === topic);
  return first < 0 ? [] : monthlyFunctions.slice(first);
};

/** How to detect the effect of an archived message that is replayed with these attributes. */
export const replayOperation = (
  stores: TargetStores,
  topic: EnvelopedTopic,
  message: AnyEnvelope,
  { intent, expectedSeq }: ControlAttributes,
): Omit<Operation<ReplayEffect>, 'publish'> => {
  const fields = getOrThrow(decode(PayloadFields)(message.payload));
  const { version, as_of_date, dry_run = false } = fields;
  const common = { functions: functionsFrom(topic), isRelated: isAboutVersion(version) };
  switch (topic) {
    case 'live-pool-published':
      return { ...common, poll: async () => 'published' };
    case 'release-promoted': {
      const { payload } = getOrThrow(decode(ReleasePromoted)(message));
      return { ...common, poll: () => syncOutcome(stores, payload) };
    }
    case 'release-materialised': {
      const control = {
        ...{ eventId: message.event_id, version, asOfDate: as_of_date, intent },
        ...(expectedSeq === undefined ? {} : { expectedSeq }),
      };
      return { ...common, poll: async () => (await promotionOutcome(stores, control))?.outcome };
    }
    case 'monthly-run-requested':
    case 'market-data-ingested':
    case 'pool-ranked': {
      const pollStatus = runStatusPoller(stores, {
        run_id: message.run_id,
        version,
        as_of_date,
        dry_run,
      });
      return { ...common, poll: async () => (await pollStatus()).end?.outcome };
    }
  }
};
