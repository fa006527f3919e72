import { cloudEvent } from '@google-cloud/functions-framework';
import { entryPointOf } from '../shared/entry-point.js';
import { allFunctions } from '../shared/topology.js';
import type { EnvironmentProvider } from './create-handler.js';
import { makeHandlers } from './handlers.js';

/**
 * Registers each function with the functions framework under two names: its own name, which local
 * servers and earlier deployments use, and its entry point, which Terraform uses. No cloud SDK is
 * imported here, so the environment decides which backends the functions use.
 */
export const registerFunctions = (provide: EnvironmentProvider): void => {
  const handlers = makeHandlers(provide);
  for (const name of allFunctions)
    for (const target of new Set([name, entryPointOf(name)]))
      cloudEvent(target, (event: unknown): Promise<void> => handlers[name](event));
};
