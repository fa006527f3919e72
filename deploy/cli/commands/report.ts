import { statSync } from 'node:fs';
import { join } from 'node:path';
import { getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { REPORT_FILE } from '../../../shared/evidence/evidence-files.js';
import { replaceFile } from '../../../shared/local/files.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { htmlRenderer } from '../../../shared/report/html-renderer.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { readReleaseByVersion } from '../release/read-release.js';
import type { CommandTarget } from '../target/command-target.js';
import { throwNothingPromoted } from '../target/consistent-state.js';
import { withTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { UsageError } from '../terminal/usage-error.js';
import { versionArgument } from '../terminal/version-argument.js';
import { reportModel } from './report-model.js';

const versionOf = async (target: CommandTarget, text: unknown): Promise<Version> => {
  if (text !== undefined) return versionArgument(text);
  const { head } = getOrThrow(await readPromotionState(target.documents)());
  return head?.version ?? (await throwNothingPromoted(target));
};

/** Default: in the state folder beside `output/`; for a deployment in the working folder. */
const pathOf = ({ state, cloud }: Context, text: unknown): string => {
  if (text === undefined) return cloud === undefined ? join(state.root, REPORT_FILE) : REPORT_FILE;
  if (typeof text !== 'string' || text.trim() === '')
    throw new UsageError('--output: expected a file name, got an empty one');
  if (statSync(text, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UsageError(`--output: expected a file name, got the folder ${text}`);
  return text;
};

const report = async (
  context: Context,
  target: CommandTarget,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const path = pathOf(context, options.output);
  const version = await versionOf(target, options.version);
  const model = await reportModel(target, context, await readReleaseByVersion(target, version));
  const page = getOrThrow(await htmlRenderer.render(model)());
  await replaceFile(path, new TextEncoder().encode(page));
  print(context, { path }, () => `report      ${path}`);
  return EXIT.ok;
};

export const reportAction: Action = (command) => {
  const context = contextOf(command);
  return withTarget(context, (target) => report(context, target, command.opts()));
};
