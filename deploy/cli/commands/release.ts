import type { Command } from 'commander';
import type { Version } from '../../../shared/codec/primitives.js';
import { type Action, type Context, contextOf } from '../context.js';
import { diffCommand } from '../release/diff-command.js';
import { listCommand } from '../release/list.js';
import { showCommand } from '../release/show.js';
import { verifyCommand } from '../release/verify.js';
import type { Desk } from '../target/command-target.js';
import { withDesk } from '../target/open.js';
import { versionArgument } from '../terminal/version-argument.js';

type Task = (context: Context, desk: Desk, version: Version) => Promise<number>;

/** A task on the release that the argument names. */
const ofVersion = (task: Task, command: Command): Promise<number> => {
  const context = contextOf(command);
  const version = versionArgument(command.args[0]);
  return withDesk(context, (desk) => task(context, desk, version));
};

export const listAction: Action = (command) => {
  const context = contextOf(command);
  return withDesk(context, (desk) => listCommand(context, desk));
};

export const showAction: Action = (command) => ofVersion(showCommand, command);

export const verifyAction: Action = (command) => ofVersion(verifyCommand, command);

export const diffAction: Action = (command) => {
  const [, to] = command.args;
  const later = to === undefined ? undefined : versionArgument(to);
  const task: Task = (context, desk, version) => diffCommand(context, desk, version, later);
  return ofVersion(task, command);
};
