import type { Command } from 'commander';
import { FailureError, permanent } from '../../../shared/failure.js';
import { FunctionName } from '../../../shared/topology.js';
import {
  type Answer,
  addGlobalOptions,
  type Context,
  contextOf,
  print,
  unwrap,
} from '../context.js';
import { deadLetterFacts } from '../dead-letter-facts.js';
import { withControls, withDesk } from '../desk/open.js';
import { EXIT } from '../exit-code.js';
import { plainTable } from '../table.js';
import { UsageError } from '../usage-error.js';

const everyFunction: readonly FunctionName[] = Object.keys(FunctionName.keys).filter(
  FunctionName.is,
);

const functionOf = (text: unknown): FunctionName => {
  if (!FunctionName.is(text))
    throw new UsageError(
      `--function: expected one of ${everyFunction.join(', ')}, got ${String(text)}`,
    );
  return text;
};

const list = (context: Context): Promise<number> =>
  withDesk(context, async ({ deadLetters }) => {
    const rows = unwrap(await deadLetters.list(everyFunction)()).map(deadLetterFacts);
    print(context, rows, () => {
      if (rows.length === 0) return 'No dead letters.';
      const table = plainTable({ head: ['function', 'message', 'at', 'about', 'code', 'reason'] });
      for (const row of rows)
        table.push([
          row.function,
          row.message_id,
          row.published_at.slice(0, 16).replace('T', ' '),
          row.version ?? row.event_type,
          row.code ?? '',
          row.reason,
        ]);
      return table.toString();
    });
    return EXIT.ok;
  });

const discard = (context: Context, options: Readonly<Record<string, unknown>>): Promise<number> => {
  const name = functionOf(options.function);
  const id = String(options.messageId);
  return withControls(context, async ({ deadLetters, command }) => {
    const outcome = unwrap(await deadLetters.discard(name, id)());
    if (outcome === 'absent')
      throw new FailureError(
        permanent(
          'conflict',
          `${name} has no dead letter ${id}, or somebody else is reading it just now. See: ${command('dead-letters')}`,
        ),
      );
    print(
      context,
      { function: name, message_id: id, outcome },
      () => `Discarded dead letter ${id} of ${name}.`,
    );
    return EXIT.ok;
  });
};

export const deadLettersCommand = (program: Command, answer: Answer): void => {
  const letters = addGlobalOptions(program.command('dead-letters'))
    .description('messages that a function could not use, oldest first')
    .addHelpText('after', '\nExample:\n  live-pool dead-letters --format json')
    .action(async (_options, command: Command) => answer(await list(contextOf(command))));
  addGlobalOptions(letters.command('discard'))
    .description('remove one for good, once it is understood')
    .requiredOption('--function <name>', 'the function that could not use it')
    .requiredOption('--message-id <id>', 'its id, as dead-letters lists it')
    .addHelpText(
      'after',
      '\nExample:\n  live-pool dead-letters discard --function promote --message-id 12',
    )
    .action(async (_options, command: Command) =>
      answer(await discard(contextOf(command), command.opts())),
    );
};
