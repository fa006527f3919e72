import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../../shared/codec/error-message.js';
import { RELEASE_MANIFEST_FILE } from '../../../shared/contract/constants.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import type { Problem, Verdict } from '../../../shared/contract/gate/problem.js';
import { dayOf } from '../../../shared/day.js';
import { readIfPresent } from '../../../shared/local/files.js';
import { readOutput } from '../../local/output.js';
import { type Action, contextOf, print } from '../context.js';
import { commandClock } from '../run/run-config.js';
import { readStateFile } from '../run/state-file.js';
import { EXIT } from '../terminal/exit-code.js';
import { integerOption } from '../terminal/integer-option.js';
import { UsageError } from '../terminal/usage-error.js';
import { wrap } from '../terminal/wrap.js';

const documentOf = async (file: unknown): Promise<unknown> => {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(String(file), 'utf8'));
  } catch (cause) {
    throw new UsageError(`--firestore-document: expected a JSON file, got ${errorMessage(cause)}`);
  }
};

const codeOf = ({ errors }: Verdict): number => {
  if (errors.length === 0) return EXIT.ok;
  return errors.every(({ code }) => code === 'stale') ? EXIT.stale : EXIT.contractInvalid;
};

const textOf = ({ errors, warnings }: Verdict, folder: string): string =>
  [
    errors.length === 0
      ? `ok: ${folder} satisfies the contract`
      : `${folder} violates the contract (${errors.length} ${errors.length === 1 ? 'error' : 'errors'}):`,
    ...errors.flatMap(({ message }) => wrap(`  error: ${message}`, 4)),
    ...warnings.flatMap(({ message }) => wrap(`  warning: ${message}`, 4)),
  ].join('\n');

const messages = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ message }) => message);

export const validateAction: Action = async (command) => {
  const [folder = ''] = command.args;
  const context = contextOf(command);
  const options: Record<string, unknown> = command.opts();
  const { last } = await readStateFile(context.state);
  const verdict = validateRelease(await readOutput(folder), {
    today: dayOf(commandClock(last, context.now)()),
    maxAgeDays: integerOption('--max-age-days', options.maxAgeDays, 0),
    allowStale: options.allowStale === true,
    expectedPoolSize: integerOption('--expected-pool-size', options.expectedPoolSize, 1),
    firestoreDocument: await documentOf(options.firestoreDocument),
    releaseManifest: await readIfPresent(join(folder, RELEASE_MANIFEST_FILE)),
    requireManifest: options.requireManifest === true,
  });
  const ok = verdict.errors.length === 0;
  print(
    context,
    { ok, errors: messages(verdict.errors), warnings: messages(verdict.warnings) },
    () => textOf(verdict, folder),
  );
  return codeOf(verdict);
};
