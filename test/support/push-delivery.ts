import type { EnvironmentProvider } from '../../functions/create-handler.js';
import { makeHandlers } from '../../functions/handlers.js';
import { type FunctionName, topicOf } from '../../shared/topology.js';
import { serveFunction } from './framework-server.js';

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

/** Posts any body to a function: over HTTP, to the framework's own server. */
export const post = async (
  provide: EnvironmentProvider,
  name: FunctionName,
  { body, headers }: Post,
): Promise<HttpAnswer> => {
  const { origin, close } = await serveFunction(name, makeHandlers(provide)[name]);
  try {
    const response = await fetch(`${origin}/projects/test/topics/${topicOf(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: await response.text() };
  } finally {
    close();
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
