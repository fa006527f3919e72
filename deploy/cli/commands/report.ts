import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Version } from '../../../shared/contract/primitives.js';
import { replaceFile } from '../../../shared/local/files.js';
import { readPromotionState } from '../../../shared/promotion/store.js';
import { pageReporter } from '../../../shared/report/reporter.js';
import { type Action, type Context, contextOf, print, unwrap } from '../context.js';
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

export const reportAction: Action = (command) => {
  const context = contextOf(command);
  return withDesk(context, (desk) => report(context, desk, command.opts()));
};
