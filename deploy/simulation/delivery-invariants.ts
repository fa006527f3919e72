import type { LogEntry } from '../../shared/ports/log.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import { deadLetterTopic, type FunctionName } from '../../shared/topology.js';

export interface PublishedMessage {
  readonly topic: string;
  readonly attributes: Attributes;
  /** The very bytes lay in the archive when they were published. */
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

/** Reconciling says something only where somebody has not been told. */
const publishedBy = (name: FunctionName, outcome: string): readonly number[] =>
  name === 'reconcile' && outcome === 'done'
    ? [0, 1]
    : name === 'reconcile' && outcome === 'already_done'
      ? [0]
      : (PUBLISHED_BY[outcome] ?? []);

/** Time may make a release too old, and an operator's picture of the head may be. Nothing else. */
const mayDeadLetter = (name: FunctionName, attributes: Attributes, code: unknown): boolean =>
  name === 'promote' &&
  (code === 'stale' || (code === 'conflict' && attributes.intent !== undefined));

/** What is wrong with how a function acknowledged a message: what it logged, what it published. */
export const acknowledgementViolations = (
  name: FunctionName,
  attributes: Attributes,
  log: readonly LogEntry[],
  said: readonly PublishedMessage[],
): readonly string[] => {
  const spoken = log.filter(({ outcome }) => outcome !== undefined);
  const [line] = spoken;
  if (line === undefined || spoken.length !== 1)
    return [`${name} acknowledged with ${spoken.length} outcomes in its log`];
  const outcome = String(line.outcome);
  const parked = outcome === 'dead_letter';
  return [
    !publishedBy(name, outcome).includes(said.length) &&
      `${name} said ${outcome} and published ${said.length}`,
    said.some(({ topic }) => (topic === deadLetterTopic(name)) !== parked) &&
      `${name} said ${outcome} and published to another kind of topic`,
    !parked &&
      said.some(({ archived }) => !archived) &&
      `${name} published what it had not archived`,
    parked &&
      !mayDeadLetter(name, attributes, line.code) &&
      `${name} parked a message: ${line.message}`,
  ].filter((problem) => problem !== false);
};
