import { once } from 'node:events';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { registerFunctions } from '../../functions/register.js';
import type { EnvironmentProvider } from '../../functions/subscriber.js';
import { type FunctionName, topicOf } from '../../shared/topology.js';
import { unwatchPromises } from './promise-hooks.js';

const portOf = (address: unknown): number => {
  if (typeof address !== 'object' || address === null || !('port' in address))
    throw new Error('the test server listens to no port');
  return Number(address.port);
};

const { error } = console;
let requests = 0;

/**
 * The framework prints the stack of whatever it answers 500 to; the answer says it as well. And it
 * goes on watching every promise.
 */
const withoutTraces = async <A>(request: () => Promise<A>): Promise<A> => {
  requests += 1;
  console.error = () => undefined;
  try {
    return await request();
  } finally {
    requests -= 1;
    if (requests === 0) {
      console.error = error;
      unwatchPromises();
    }
  }
};

/** Pushes a Pub/Sub message to a function as the subscription would: over HTTP, to its server. */
export const push = async (
  provide: EnvironmentProvider,
  name: FunctionName,
  message: unknown,
): Promise<{ readonly status: number; readonly body: string }> => {
  registerFunctions(provide);
  const server = getTestServer(name).listen(0);
  try {
    await once(server, 'listening');
    const url = `http://localhost:${portOf(server.address())}/projects/test/topics/${topicOf(name)}`;
    return await withoutTraces(async () => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message, subscription: `projects/test/subscriptions/${name}` }),
      });
      return { status: response.status, body: await response.text() };
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};
