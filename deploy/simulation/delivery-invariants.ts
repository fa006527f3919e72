import type { LogEntry } from '../../shared/ports/log.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';

export interface PublishedMessage {
  readonly topic: string;
  readonly attributes: Attributes;
  /** True if the archive already held exactly these bytes at the time of publishing. */
  readonly archived: boolean;
}

/** How many messages an outcome publishes. */
const PUBLISHED_BY: Readonly<Record<string, readonly number[]>> = {
  done: [1],
  already_done: [1],
  superseded: [0],
  dry_run: [0],
  dead_letter: [1],
};

/** Reconcile publishes only what was never announced, so a repair may publish nothing. */
const publishedBy = (name: FunctionName, outcome: string): readonly number[] =>
  name === 'reconcile' && outcome === 'done'
    ? [0, 1]
    : name === 'reconcile' && outcome === 'already_done'
      ? [0]
      : (PUBLISHED_BY[outcome] ?? []);

/** Only a release that became too old, or a command that expects another head, dead-letters. */
const mayDeadLetter = (name: FunctionName, attributes: Attributes, code: unknown): boolean =>
  name === 'promote' &&
  (code === 'stale' || (code === 'conflict' && attributes.intent !== undefined));

/** Compares what a function logged and published when it acknowledged a message. */
export const acknowledgementViolations = (
  name: FunctionName,
  attributes: Attributes,
  log: readonly LogEntry[],
  published: readonly PublishedMessage[],
): readonly string[] => {
  const outcomes = log.filter(({ outcome }) => outcome !== undefined);
  const [line] = outcomes;
  if (line === undefined || outcomes.length !== 1)
    return [`${name} acknowledged a message and logged ${outcomes.length} outcomes instead of one`];
  const outcome = String(line.outcome);
  const deadLettered = outcome === 'dead_letter';
  return [
    !publishedBy(name, outcome).includes(published.length) &&
      `${name} logged ${outcome} and published ${published.length} messages`,
    published.some(({ topic }) => (topic === deadLetterTopic(name)) !== deadLettered) &&
      `${name} logged ${outcome} and published to the wrong kind of topic`,
    !deadLettered &&
      published.some(({ archived }) => !archived) &&
      `${name} published a message that it had not archived`,
    deadLettered &&
      !mayDeadLetter(name, attributes, line.code) &&
      `${name} dead-lettered a message: ${line.message}`,
  ].filter((violation) => violation !== false);
};
