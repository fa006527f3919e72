import * as O from 'fp-ts/lib/Option.js';
import { decodeJson } from '../../../shared/codec/decode.js';
import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { Sha256 } from '../../../shared/codec/primitives.js';
import {
  attributesOf,
  parseControlAttributes,
} from '../../../shared/messages/control-attributes.js';
import { type AnyEnvelope, ArchivedMessage } from '../../../shared/messages/envelope.js';
import { eventKey } from '../../../shared/object-keys.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { type EnvelopedTopic, envelopedTopics } from '../../../shared/topology.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { replayOperation, replayOutcome } from '../operations/replay-operation.js';
import { messageToReplay } from '../operations/select-archived-message.js';
import type { CommandTarget } from '../target/command-target.js';
import { withWritableTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { reasonArgument } from '../terminal/reason-argument.js';
import { getOrThrowUsage, UsageError } from '../terminal/usage-error.js';
import { versionArgument } from '../terminal/version-argument.js';

interface FoundMessage {
  readonly message: AnyEnvelope;
  readonly bytes: Uint8Array;
}

const isTopic = (text: unknown): text is EnvelopedTopic =>
  envelopedTopics.some((topic) => topic === text);

const readKey = async (objects: ObjectStore, key: string): Promise<FoundMessage> => {
  const stored = getOrThrow(await objects.read(key)());
  if (O.isNone(stored))
    throw new FailureError(
      permanent('contract-invalid', `${key}: expected an archived message, got none`),
    );
  const { bytes } = stored.value;
  const message = decodeJson(ArchivedMessage, key)(new TextDecoder().decode(bytes));
  return { message: getOrThrow(message), bytes };
};

/** A dry run names the version but does not publish it; replay its messages with `--event`. */
const isOfVersion = ({ payload }: AnyEnvelope, version: string): boolean =>
  'version' in payload &&
  payload.version === version &&
  !('dry_run' in payload && payload.dry_run === true);

/** Does not compare with what readers have: a replay also restores a lost ledger. */
const headSequence = async ({ documents, commandLine }: CommandTarget): Promise<number> => {
  const { head } = getOrThrow(await readPromotionState(documents)());
  if (head !== null) return head.seq;
  throw new FailureError(
    permanent(
      'conflict',
      `Nothing has been promoted, so there is no release to roll back. See: ${commandLine('status')}`,
    ),
  );
};

const find = async (
  objects: ObjectStore,
  topic: EnvelopedTopic,
  options: Readonly<Record<string, unknown>>,
): Promise<FoundMessage> => {
  if (options.event !== undefined) {
    if (!Sha256.is(options.event))
      throw new UsageError(`--event: expected 64 hexadecimal digits, got ${String(options.event)}`);
    return readKey(objects, eventKey(topic, options.event));
  }
  const version = versionArgument(options.version);
  const listed = getOrThrow(await objects.list(`events/${topic}/`)());
  const archived = await Promise.all(listed.map(({ key }) => readKey(objects, key)));
  const chosen = messageToReplay(
    archived.map(({ message }) => message),
    (message) => isOfVersion(message, version),
  );
  const found = archived.find(({ message }) => message === chosen);
  if (found !== undefined) return found;
  throw new FailureError(
    permanent(
      'contract-invalid',
      `events/${topic}/: expected an archived message of ${version}, got none`,
    ),
  );
};

const replay = async (
  context: Context,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const { topic } = options;
  if (!isTopic(topic))
    throw new UsageError(
      `--topic: expected one of ${envelopedTopics.join(', ')}, got ${String(topic)}`,
    );
  if ((options.event === undefined) === (options.version === undefined))
    throw new UsageError('expected exactly one of --event and --version');
  const reason = options.reason === undefined ? {} : { reason: reasonArgument(options.reason) };
  return withWritableTarget(context, async (target) => {
    const { message, bytes } = await find(target.objects, topic, options);
    const rollsBack = options.intent === 'rollback';
    const attributes = {
      ...(options.intent === undefined ? {} : { intent: String(options.intent) }),
      ...reason,
      ...(rollsBack ? { expected_seq: String(await headSequence(target)) } : {}),
    };
    const control = getOrThrowUsage(parseControlAttributes(attributes));
    const effect = replayOperation(target, topic, message, control);
    const before = await effect.poll();
    const after = await target.execute({
      ...effect,
      publish: target.publisher.publish(topic, bytes, { ...attributesOf(message), ...attributes }),
    });
    const outcome = replayOutcome(before, after);
    print(
      context,
      { event_id: message.event_id, outcome },
      () => `event       ${message.event_id}\noutcome     ${outcome.replaceAll('_', ' ')}`,
    );
    return outcome === 'superseded' ? EXIT.conflict : EXIT.ok;
  });
};

export const replayAction: Action = (command) => replay(contextOf(command), command.opts());
