import * as E from 'fp-ts/lib/Either.js';
import { publishMessage } from '../../../functions/publish-message.js';
import { gateOptions } from '../../../shared/config.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import { acceptance } from '../../../shared/contract/gate/problem.js';
import { dayOf } from '../../../shared/day.js';
import { commandOf } from '../../../shared/messages/control-attributes.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import type { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import { type Action, type Context, contextOf, print, unwrap } from '../context.js';
import { type Archived, archivedRelease } from '../operations/archived-release-message.js';
import {
  moveAnswer,
  printMove,
  promoteBy,
  refusalOf,
  refuseForeseen,
  refuseOld,
} from '../operations/publish-and-wait.js';
import { readNamedRelease } from '../release/read-release.js';
import { promotedState } from '../target/consistent-state.js';
import { withControls } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { reasonArgument } from '../terminal/reason-argument.js';
import { UsageError } from '../terminal/usage-error.js';
import { versionArgument } from '../terminal/version-argument.js';

/** The attributes that make an archived message a rollback; unusable ones are a usage error. */
const commandFor = (reason: unknown, expectedSeq: string) => {
  const attributes = {
    intent: 'rollback',
    reason: reasonArgument(reason),
    expected_seq: expectedSeq,
  };
  const command = commandOf(attributes);
  if (E.isLeft(command)) throw new UsageError(command.left.message);
  return { attributes, command: command.right };
};

/** Where staleness is allowed, the message must say so: it is another message, archived as such. */
const allowingStale = ({ message }: Archived): ReleaseMaterialised =>
  makeMessage('release-materialised', message, { ...message.payload, allow_stale: true });

const rollback = async (
  context: Context,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const version = versionArgument(options.to);
  const allowStale = options.allowStale === true;
  commandFor(options.reason, String(options.expectedSeq ?? 1));
  return withControls(context, async (desk) => {
    const archived = await archivedRelease(desk, version);
    const message = allowStale ? allowingStale(archived) : archived.message;
    const { head, frontier } = await promotedState(desk);
    const expected = String(options.expectedSeq ?? head.seq);
    const { attributes, command } = commandFor(options.reason, expected);
    const { as_of_date: asOfDate } = message.payload;
    const control = { ...command, eventId: message.event_id, version, asOfDate };
    await refuseForeseen(desk, control);
    // As promote would, but before anything is published that could only be parked.
    const { files } = await readNamedRelease(desk, version);
    const { config, clock } = desk;
    const today = dayOf(clock());
    unwrap(
      acceptance(
        validateRelease(files, { ...gateOptions(config, version), today, allowStale: true }),
      ),
    );
    const refusal = refusalOf(desk, version, asOfDate, frontier);
    const planned = moveAnswer(desk, head, { version, asOfDate, intent: 'rollback' });
    // Promote says the same of a message that allows no staleness; this one may, of its own.
    if (planned.days_left === 0 && !allowStale) throw refuseOld(desk, version, frontier);
    if (options.dryRun === true) {
      print(context, planned, () =>
        [`Would go back from ${head.version} to ${version}.`, ...refusal].join('\n'),
      );
      return EXIT.ok;
    }
    const seq = await promoteBy(
      desk,
      control,
      allowStale
        ? publishMessage(desk, message, attributes)
        : desk.publisher.publish('release-materialised', archived.bytes, attributes),
    );
    printMove(context, planned, seq, {
      done: `Went back from ${head.version} to ${version}`,
      asked: `Asked to go back from ${head.version} to ${version}`,
      refusal,
    });
    return EXIT.ok;
  });
};

export const rollbackAction: Action = (command) => rollback(contextOf(command), command.opts());
