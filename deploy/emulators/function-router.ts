import { createServer, type Server } from 'node:http';
import { getFunction, getTestServer } from '@google-cloud/functions-framework/testing';

export interface Route {
  readonly name: string;
  /** The request URL that the function's own server receives. */
  readonly url: string;
}

/** Splits a URL into the function that its first segment names and the rest. */
export const routeOf = (url: string): Route | undefined => {
  const { name, rest = '' } =
    /^\/(?<name>[A-Za-z][-_A-Za-z0-9]*)(?<rest>[/?].*)?$/.exec(url)?.groups ?? {};
  if (name === undefined) return undefined;
  return { name, url: rest.startsWith('/') ? rest : `/${rest}` };
};

/**
 * Serves every function that is registered with the functions framework under its own name, through
 * the framework's server.
 */
export const functionRouter = (): Server => {
  const servers = new Map<string, Server>();
  const serverOf = (name: string): Server => {
    const known = servers.get(name) ?? getTestServer(name);
    servers.set(name, known);
    return known;
  };
  return createServer((request, response) => {
    const route = routeOf(request.url ?? '');
    if (route === undefined || getFunction(route.name) === undefined) {
      response.statusCode = 404;
      response.end(`No function is registered for ${request.url}.\n`);
      return;
    }
    request.url = route.url;
    serverOf(route.name).emit('request', request, response);
  });
};
