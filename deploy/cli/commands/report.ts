import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Version } from '../../../shared/contract/primitives.js';
import { replaceFile } from '../../../shared/local/files.js';
import { readPromotionState } from '../../../shared/promotion/store.js';
import { pageReporter } from '../../../shared/report/reporter.js';
import {
  type Answer,
  addGlobalOptions,
  type Context,
  contextOf,
  print,
  unwrap,
} from '../context.js';
import type { Desk } from '../desk/desk.js';
import { withDesk } from '../desk/open.js';
import { EXIT } from '../exit-code.js';
import { refuseNothing } from '../promotion-state.js';
import { readNamedRelease } from '../release/named-release.js';
import { UsageError } from '../usage-error.js';
import { versionArgument } from '../version-argument.js';
import { reportModel } from './report-model.js';

const FILE = 'report.html';

const versionOf = async (desk: Desk, text: unknown): Promise<Version> => {
  if (text !== undefined) return versionArgument(text);
  const { head } = unwrap(await readPromotionState(desk.documents)());
  return head?.version ?? (await refuseNothing(desk));
};

/** In the state folder beside `output/`; of a deployment, where the operator is. */
const pathOf = ({ state, cloud }: Context, text: unknown): string => {
  if (text === undefined) return cloud === undefined ? join(state.root, FILE) : FILE;
  if (typeof text !== 'string' || text.trim() === '')
    throw new UsageError('--output: expected the name of a file');
  if (statSync(text, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`--output: expected the name of a file; ${text} is a folder`);
  return text;
};

const report = async (
  context: Context,
  desk: Desk,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const path = pathOf(context, options.output);
  const version = await versionOf(desk, options.version);
  const model = await reportModel(desk, context, await readNamedRelease(desk, version));
  const page = unwrap(await pageReporter.render(model)());
  await replaceFile(path, new TextEncoder().encode(page));
  print(context, { path }, () => `report      ${path}`);
  return EXIT.ok;
};

export const reportCommand = (program: Command, answer: Answer): void => {
  addGlobalOptions(program.command('report'))
    .description('one HTML page about a release: what, why, how close, how fresh, what to do')
    .option('--version <version>', 'which release (default: the current one)')
    .option(
      '--output <file>',
      'where to (default: report.html in the state folder; with --project: here)',
    )
    .addHelpText(
      'after',
      '\nExample:\n  live-pool report\n  live-pool report --version 2026-03-13-core_major --output march.html',
    )
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      answer(await withDesk(context, (desk) => report(context, desk, command.opts())));
    });
};
