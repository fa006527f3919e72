import { cloudEvent } from '@google-cloud/functions-framework';
import { entryPointOf } from '../shared/entry-point.js';
import { allFunctions } from '../shared/topology.js';
import type { EnvironmentProvider } from './create-handler.js';
import { makeHandlers } from './handlers.js';

/**
 * Registers every function with the functions framework: under its own name, which local servers
 * and earlier deployments ask for, and under its entry point, which Terraform asks for. No cloud SDK
 * is imported here: the environment decides what the functions run on.
 */
export const registerFunctions = (provide: EnvironmentProvider): void => {
  const handlers = makeHandlers(provide);
  for (const name of allFunctions)
    for (const target of new Set([name, entryPointOf(name)]))
      cloudEvent(target, (event: unknown): Promise<void> => handlers[name](event));
};
