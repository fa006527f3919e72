import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { RELEASE_MANIFEST_FILE } from '../../../shared/contract/constants.js';
import { validateRelease } from '../../../shared/contract/gate/gate.js';
import type { Problem, Verdict } from '../../../shared/contract/gate/problem.js';
import { dayOf } from '../../../shared/day.js';
import { readIfPresent } from '../../../shared/local/files.js';
import { readOutput } from '../../local/output.js';
import { type Answer, addGlobalOptions, contextOf, print } from '../context.js';
import { EXIT } from '../exit-code.js';
import { exampleText } from '../help.js';
import { clockAfter } from '../last-run.js';
import { readMemory } from '../memory.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../whole-number.js';
import { wrap } from '../wrap.js';
import { schemaCommand } from './contract-schema.js';

const documentOf = async (file: unknown): Promise<unknown> => {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(await readFile(String(file), 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--firestore-document: expected a JSON file, got ${reason}`);
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
      : `${folder} breaks the contract in ${errors.length} ${errors.length === 1 ? 'place' : 'places'}:`,
    ...errors.flatMap(({ message }) => wrap(`  error: ${message}`, 4)),
    ...warnings.flatMap(({ message }) => wrap(`  warning: ${message}`, 4)),
  ].join('\n');

const messages = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ message }) => message);

const validate = async (folder: string, command: Command): Promise<number> => {
  const context = contextOf(command);
  const options: Record<string, unknown> = command.opts();
  const { last } = await readMemory(context.state);
  const verdict = validateRelease(await readOutput(folder), {
    today: dayOf(clockAfter(last, context.now)()),
    maxAgeDays: wholeNumber('--max-age-days', options.maxAgeDays, 0),
    allowStale: options.allowStale === true,
    expectedPoolSize: wholeNumber('--expected-pool-size', options.expectedPoolSize, 1),
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

export const contractCommand = (program: Command, answer: Answer): void => {
  const contract = program
    .command('contract')
    .description('the contract with downstream systems')
    .addHelpText('after', exampleText('live-pool contract validate data/output'));
  addGlobalOptions(contract.command('validate'))
    .description('hold a folder against the release gate')
    .argument('<dir>', 'a folder with the five artifacts')
    .option('--firestore-document <file>', 'the summary document as JSON, checked as well')
    .option('--expected-pool-size <n>', 'default: 5')
    .option('--max-age-days <n>', 'default: 45')
    .option('--allow-stale', 'age is a warning')
    .option('--require-manifest', 'release_manifest.json must be there')
    .addHelpText(
      'after',
      exampleText('live-pool contract validate data/output --require-manifest --allow-stale'),
    )
    .action(async (folder: string, _options, command: Command) =>
      answer(await validate(folder, command)),
    );
  schemaCommand(contract, answer);
};
