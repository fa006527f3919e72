import { publishMessage } from '../../../functions/publish-message.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { gateOptions } from '../../../shared/config.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { verdictToEither } from '../../../shared/contract/gate/problem.js';
import { dayOf } from '../../../shared/day.js';
import { parseControlAttributes } from '../../../shared/messages/control-attributes.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import type { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import {
  type ArchivedRelease,
  findArchivedRelease,
} from '../operations/archived-release-message.js';
import {
  assertNotRejected,
  expiredReleaseError,
  printReleaseChange,
  publishAndWait,
  readerRejectionText,
  releaseChange,
} from '../operations/publish-and-wait.js';
import { readReleaseByVersion } from '../release/read-release.js';
import { requirePromotedState } from '../target/consistent-state.js';
import { withWritableTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { reasonArgument } from '../terminal/reason-argument.js';
import { getOrThrowUsage } from '../terminal/usage-error.js';
import { versionArgument } from '../terminal/version-argument.js';

/** The attributes that make an archived message a rollback; invalid ones are a usage error. */
const commandFor = (reason: unknown, expectedSeq: string) => {
  const attributes = {
    intent: 'rollback',
    reason: reasonArgument(reason),
    expected_seq: expectedSeq,
  };
  return { attributes, command: getOrThrowUsage(parseControlAttributes(attributes)) };
};

/** A copy of the message with `allow_stale`; it has its own event id and is archived. */
const withAllowStale = ({ message }: ArchivedRelease): ReleaseMaterialised =>
  makeMessage('release-materialised', message, { ...message.payload, allow_stale: true });

const rollback = async (
  context: Context,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const version = versionArgument(options.to);
  const allowStale = options.allowStale === true;
  commandFor(options.reason, String(options.expectedSeq ?? 1));
  return withWritableTarget(context, async (target) => {
    const archived = await findArchivedRelease(target, version);
    const message = allowStale ? withAllowStale(archived) : archived.message;
    const { head, frontier } = await requirePromotedState(target);
    const expected = String(options.expectedSeq ?? head.seq);
    const { attributes, command } = commandFor(options.reason, expected);
    const { as_of_date: asOfDate } = message.payload;
    const control = { ...command, eventId: message.event_id, version, asOfDate };
    await assertNotRejected(target, control);
    // The checks of promote, before a message is published that could only be dead-lettered.
    const { files } = await readReleaseByVersion(target, version);
    const { config, clock } = target;
    const today = dayOf(clock());
    getOrThrow(
      verdictToEither(
        validateRelease(files, { ...gateOptions(config, version), today, allowStale: true }),
      ),
    );
    const rejection = readerRejectionText(target, version, asOfDate, frontier);
    const planned = releaseChange(target, head, { version, asOfDate, intent: 'rollback' });
    // Promote rejects a message without allow_stale that expires today.
    if (planned.days_left === 0 && !allowStale)
      throw expiredReleaseError(target, version, frontier);
    if (options.dryRun === true) {
      print(context, planned, () =>
        [`Would roll back from ${head.version} to ${version}.`, ...rejection].join('\n'),
      );
      return EXIT.ok;
    }
    const seq = await publishAndWait(
      target,
      control,
      allowStale
        ? publishMessage(target, message, attributes)
        : target.publisher.publish('release-materialised', archived.bytes, attributes),
    );
    printReleaseChange(context, planned, seq, {
      done: `Rolled back from ${head.version} to ${version}`,
      requested: `Requested a rollback from ${head.version} to ${version}`,
      rejection,
    });
    return EXIT.ok;
  });
};

export const rollbackAction: Action = (command) => rollback(contextOf(command), command.opts());
