import { cloudEvent } from '@google-cloud/functions-framework';
import { makeHandlers } from './handlers.js';
import type { EnvironmentProvider } from './subscriber.js';

/**
 * Registers every function with the functions framework under its own name. No cloud SDK is
 * imported here: the environment decides what the functions run on.
 */
export const registerFunctions = (provide: EnvironmentProvider): void => {
  for (const [name, handler] of Object.entries(makeHandlers(provide)))
    cloudEvent(name, (event: unknown): Promise<void> => handler(event));
};
