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

/** What a function answered over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** The body of a POST, and the headers that go with it. */
export interface Post {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a body to a function, whatever it is: over HTTP, to the framework's own server. */
export const post = async (
  provide: EnvironmentProvider,
  name: FunctionName,
  { body, headers }: Post,
): Promise<HttpAnswer> => {
  registerFunctions(provide);
  const server = getTestServer(name).listen(0);
  try {
    await once(server, 'listening');
    const url = `http://localhost:${portOf(server.address())}/projects/test/topics/${topicOf(name)}`;
    return await withoutTraces(async () => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return { status: response.status, body: await response.text() };
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
};

/** Pushes a Pub/Sub message to a function as the subscription would. */
export const push = (
  provide: EnvironmentProvider,
  name: FunctionName,
  message: unknown,
): Promise<HttpAnswer> =>
  post(provide, name, {
    body: JSON.stringify({ message, subscription: `projects/test/subscriptions/${name}` }),
  });
