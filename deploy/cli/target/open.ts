import type { Context } from '../context.js';
import type { ControlDesk, Desk } from './command-target.js';
import { withLocalDesk } from './local.js';

/** Runs a command that only looks. */
export const withDesk = async <A>(
  context: Context,
  task: (desk: Desk) => Promise<A>,
): Promise<A> => {
  const { cloud } = context;
  if (cloud === undefined) return withLocalDesk(context, task);
  const { withCloudDesk } = await import('./cloud.js');
  return withCloudDesk(context, cloud, task);
};

/** Runs a command that changes something. */
export const withControls = async <A>(
  context: Context,
  task: (desk: ControlDesk) => Promise<A>,
): Promise<A> => {
  const { cloud } = context;
  if (cloud === undefined) {
    // Whoever only looks need not load what computes.
    const { withLocalControls } = await import('./local-writable.js');
    return withLocalControls(context, task);
  }
  const { withCloudDesk } = await import('./cloud.js');
  return withCloudDesk(context, cloud, task);
};
