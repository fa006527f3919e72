import { cloudEvent } from '@google-cloud/functions-framework';
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
  for (const [name, handler] of Object.entries(handlers))
    cloudEvent(name, (event: unknown): Promise<void> => handler(event));
  return handlers;
};

export type { EnvironmentProvider, Handler };
