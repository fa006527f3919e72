import type { Command } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import { publishMessage } from '../../../functions/publish-message.js';
import { FailureError, permanent } from '../../../shared/failure.js';
import { commandOf } from '../../../shared/messages/attributes.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import type { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import {
  type Answer,
  addGlobalOptions,
  type Context,
  contextOf,
  print,
  unwrap,
} from '../context.js';
import {
  archivedRelease,
  headOf,
  moveAnswer,
  promotionOf,
  settle,
  withRuntime,
} from '../control.js';
import { EXIT } from '../exit-code.js';
import { UsageError } from '../usage-error.js';
import { versionArgument } from '../version-argument.js';

/** The attributes that make an archived message a rollback; unusable ones are a usage error. */
const attributesFor = (reason: unknown, expectedSeq: string): Record<string, string> => {
  const attributes = {
    intent: 'rollback',
    reason: String(reason ?? ''),
    expected_seq: expectedSeq,
  };
  const command = commandOf(attributes);
  if (E.isLeft(command)) throw new UsageError(command.left.message);
  return attributes;
};

/** Where staleness is allowed, the message must say so: it is another message, archived as such. */
const allowingStale = (message: ReleaseMaterialised): ReleaseMaterialised =>
  makeMessage('release-materialised', message, { ...message.payload, allow_stale: true });

const rollback = async (
  context: Context,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const version = versionArgument(options.to);
  attributesFor(options.reason, String(options.expectedSeq ?? 1));
  return withRuntime(context, async (runtime) => {
    const { environment } = runtime;
    const { objects, publisher } = environment;
    const archived = await archivedRelease(objects, version);
    const head = await headOf(environment);
    const attributes = attributesFor(options.reason, String(options.expectedSeq ?? head.seq));
    const planned = moveAnswer(environment, head, {
      version,
      asOfDate: archived.message.payload.as_of_date,
      intent: 'rollback',
    });
    if (options.dryRun === true) {
      if (planned.days_left === 0 && options.allowStale !== true)
        throw new FailureError(
          permanent('stale', `${version} has no days left; see: live-pool restate --help`),
        );
      print(context, planned, () => `Would go back from ${head.version} to ${version}.`);
      return EXIT.ok;
    }
    if (options.allowStale === true)
      unwrap(await publishMessage(environment, allowingStale(archived.message), attributes)());
    else unwrap(await publisher.publish('release-materialised', archived.bytes, attributes)());
    const answer = { ...planned, promotion_seq: promotionOf(await settle(runtime)) };
    print(context, answer, () =>
      [
        `Went back from ${head.version} to ${version} as promotion ${answer.promotion_seq}.`,
        `Readers accept it for another ${answer.days_left} days.`,
      ].join('\n'),
    );
    return EXIT.ok;
  });
};

export const rollbackCommand = (program: Command, answer: Answer): void => {
  addGlobalOptions(program.command('rollback'))
    .description('make an earlier release current again')
    .requiredOption('--to <version>', 'the release to go back to')
    .requiredOption('--reason <text>', 'why; at most 500 characters, kept in the ledger')
    .option(
      '--expected-seq <n>',
      'refuse unless this is the current promotion (default: what it is)',
    )
    .option('--dry-run', 'say what would happen')
    .option('--allow-stale', 'even if readers would refuse it for its age')
    .addHelpText(
      'after',
      '\nExample:\n  live-pool rollback --to 2025-11-30-core_major --reason "wrong bars on December 31st"',
    )
    .action(async (_options, command: Command) =>
      answer(await rollback(contextOf(command), command.opts())),
    );
};
