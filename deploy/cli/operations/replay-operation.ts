import * as t from 'io-ts';
import { decode } from '../../../shared/codec/decode.js';
import { AsOfDate, Version } from '../../../shared/codec/primitives.js';
import type { Command } from '../../../shared/messages/control-attributes.js';
import type { AnyEnvelope } from '../../../shared/messages/envelope.js';
import { ReleasePromoted } from '../../../shared/messages/release-promoted.js';
import {
  type EnvelopedTopic,
  type FunctionName,
  functionNames,
  topicOf,
} from '../../../shared/topology.js';
import { unwrap } from '../context.js';
import type { Stores } from '../run/state-stores.js';
import type { Errand } from '../target/command-target.js';
import { isAbout, promotedBy } from './publish-and-wait.js';
import { runSight } from './run-status.js';
import { documentShows } from './sync-outcome.js';

/** What can be seen of a message that was published again. */
export type Effect = 'done' | 'superseded' | 'dry_run' | 'published';
export type ReplayOutcome = Effect | 'already_done' | 'requested';

/** What was to be seen before is not this message's doing. */
export const outcomeOf = (before: Effect | undefined, after: Effect | undefined): ReplayOutcome => {
  if (after === undefined) return 'requested';
  return before === 'done' && after === 'done' ? 'already_done' : after;
};

/** The facts of a payload that tell what will be seen of it. */
const Facts = t.intersection(
  [t.type({ version: Version, as_of_date: AsOfDate }), t.partial({ dry_run: t.boolean })],
  'facts of the message',
);

/** The functions of the month that a message of the topic goes through. */
const throughFrom = (topic: EnvelopedTopic): readonly FunctionName[] => {
  const first = functionNames.findIndex((name) => topicOf(name) === topic);
  return first < 0 ? [] : functionNames.slice(first);
};

/** How the effect of an archived message shows that is published again with this command. */
export const effectOf = (
  stores: Stores,
  topic: EnvelopedTopic,
  message: AnyEnvelope,
  { intent, expectedSeq }: Command,
): Omit<Errand<Effect>, 'publish'> => {
  const facts = unwrap(decode(Facts)(message.payload));
  const { version, as_of_date, dry_run = false } = facts;
  const way = { through: throughFrom(topic), concerns: isAbout(version) };
  switch (topic) {
    case 'live-pool-published':
      return { ...way, look: async () => 'published' };
    case 'release-promoted': {
      const { payload } = unwrap(decode(ReleasePromoted)(message));
      return { ...way, look: () => documentShows(stores, payload) };
    }
    case 'release-materialised': {
      const control = {
        ...{ eventId: message.event_id, version, asOfDate: as_of_date, intent },
        ...(expectedSeq === undefined ? {} : { expectedSeq }),
      };
      return { ...way, look: async () => (await promotedBy(stores, control))?.outcome };
    }
    case 'monthly-run-requested':
    case 'market-data-ingested':
    case 'pool-ranked': {
      const look = runSight(stores, { run_id: message.run_id, version, as_of_date, dry_run });
      return { ...way, look: async () => (await look()).end?.outcome };
    }
  }
};
