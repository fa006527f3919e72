import { FailureError, getOrThrow, permanent } from '../../../shared/codec/failure.js';
import { allFunctions, FunctionName } from '../../../shared/topology.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { type DeadLetterSummary, deadLetterSummary } from '../target/dead-letter-summary.js';
import { withTarget, withWritableTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { formatInstant } from '../terminal/format-instant.js';
import { commandLines } from '../terminal/help.js';
import { plainTable } from '../terminal/table.js';
import { UsageError } from '../terminal/usage-error.js';
import { wrap } from '../terminal/wrap.js';

const functionOf = (text: unknown): FunctionName => {
  if (!FunctionName.is(text))
    throw new UsageError(
      `--function: expected one of ${allFunctions.join(', ')}, got ${String(text)}`,
    );
  return text;
};

/** At least two lines per dead letter: its id, then its version or event type and the reason. */
const listText = (rows: readonly DeadLetterSummary[]): string => {
  const table = plainTable({ head: ['function', 'message', 'at (UTC)', 'code'] });
  for (const { function: name, message_id, published_at, code } of rows)
    table.push([name, message_id, formatInstant(published_at), code ?? 'unknown']);
  const [head = '', ...lines] = table.toString().split('\n');
  const reasons = rows.map(({ version, event_type, reason }) =>
    wrap(`  ${version ?? event_type}: ${reason}`, 2),
  );
  return [head, ...lines.flatMap((line, index) => [line, ...(reasons[index] ?? [])])].join('\n');
};

const list = (context: Context): Promise<number> =>
  withTarget(context, async ({ deadLetters, commandLine }) => {
    const rows = getOrThrow(await deadLetters.list(allFunctions)()).map(deadLetterSummary);
    print(context, rows, () =>
      rows.length === 0
        ? 'No dead letters.'
        : [
            listText(rows),
            '',
            'After investigating one, remove it permanently with:',
            ...commandLines(
              commandLine(
                `dead-letters discard --function ${rows[0]?.function} --message-id ${rows[0]?.message_id}`,
              ),
              2,
            ),
          ].join('\n'),
    );
    return EXIT.ok;
  });

const discard = (context: Context, options: Readonly<Record<string, unknown>>): Promise<number> => {
  const name = functionOf(options.function);
  const id = String(options.messageId);
  return withWritableTarget(context, async ({ deadLetters, commandLine }) => {
    const outcome = getOrThrow(await deadLetters.discard(name, id)());
    if (outcome === 'absent')
      throw new FailureError(
        permanent(
          'conflict',
          `${name} has no dead letter ${id}, or another process is reading it. See: ${commandLine('dead-letters')}`,
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

export const deadLettersAction: Action = (command) => list(contextOf(command));

export const discardAction: Action = (command) => discard(contextOf(command), command.opts());
