import type { Context } from '../context.js';
import type { CommandTarget, WritableTarget } from './command-target.js';
import { withLocalTarget } from './local.js';

/** Runs a command that only reads. */
export const withTarget = async <A>(
  context: Context,
  task: (target: CommandTarget) => Promise<A>,
): Promise<A> => {
  const { cloud } = context;
  if (cloud === undefined) return withLocalTarget(context, task);
  const { withCloudTarget } = await import('./cloud.js');
  return withCloudTarget(context, cloud, task);
};

/** Runs a command that changes something. */
export const withWritableTarget = async <A>(
  context: Context,
  task: (target: WritableTarget) => Promise<A>,
): Promise<A> => {
  const { cloud } = context;
  if (cloud === undefined) {
    // Loaded here: a command that only reads does not need the runtime.
    const { withWritableLocalTarget } = await import('./local-writable.js');
    return withWritableLocalTarget(context, task);
  }
  const { withCloudTarget } = await import('./cloud.js');
  return withCloudTarget(context, cloud, task);
};
