import { cloudEvent } from '@google-cloud/functions-framework';
import { functionNames } from '../shared/topology.js';
import { makeHandlers } from './handlers.js';
import type { EnvironmentProvider, Handler } from './subscriber.js';

/**
 * Registers every function with the functions framework under its own name and returns what it
 * registered. No cloud SDK is imported here: the environment decides what the functions run on.
 */
export const registerFunctions = (
  provide: EnvironmentProvider,
): ReturnType<typeof makeHandlers> => {
  const handlers = makeHandlers(provide);
  for (const name of functionNames)
    cloudEvent(name, (event: unknown): Promise<void> => handlers[name](event));
  return handlers;
};

export type { EnvironmentProvider, Handler };
