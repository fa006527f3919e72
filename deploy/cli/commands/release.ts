import type { Command } from 'commander';
import type { Version } from '../../../shared/codec/primitives.js';
import { type Action, type Context, contextOf } from '../context.js';
import { diffCommand } from '../release/diff-command.js';
import { listCommand } from '../release/list.js';
import { showCommand } from '../release/show.js';
import { verifyCommand } from '../release/verify.js';
import type { CommandTarget } from '../target/command-target.js';
import { withTarget } from '../target/open.js';
import { versionArgument } from '../terminal/version-argument.js';

type Task = (context: Context, target: CommandTarget, version: Version) => Promise<number>;

/** Runs a task on the release that the argument names. */
const ofVersion = (task: Task, command: Command): Promise<number> => {
  const context = contextOf(command);
  const version = versionArgument(command.args[0]);
  return withTarget(context, (target) => task(context, target, version));
};

export const listAction: Action = (command) => {
  const context = contextOf(command);
  return withTarget(context, (target) => listCommand(context, target));
};

export const showAction: Action = (command) => ofVersion(showCommand, command);

export const verifyAction: Action = (command) => ofVersion(verifyCommand, command);

export const diffAction: Action = (command) => {
  const [, to] = command.args;
  const later = to === undefined ? undefined : versionArgument(to);
  const task: Task = (context, target, version) => diffCommand(context, target, version, later);
  return ofVersion(task, command);
};
