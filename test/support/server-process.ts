import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { type FunctionName, topicOf } from '../../shared/topology.js';

const root = resolve(import.meta.dirname, '../..');
const preload = new URL(`file://${join(import.meta.dirname, 'loopback.mjs')}`).href;
const framework = join(root, 'node_modules/@google-cloud/functions-framework/build/src/main.js');

/** A server in a process of its own, on this machine only. */
export interface ServerProcess {
  readonly port: number;
  /** Ends it and tells what it has written to standard output. */
  readonly stop: () => Promise<string>;
}

const portFrom = (message: unknown): number => {
  if (typeof message !== 'object' || message === null || !('port' in message))
    throw new Error('the server told something else than its port');
  return Number(message.port);
};

const collected = (stream: ChildProcess['stdout']): (() => string) => {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
};

/** Starts a server; resolves when it listens. It sees only the given environment. */
export const startServer = async (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> => {
  const child = spawn(process.execPath, ['--import', preload, ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const closed = once(child, 'close');
  const stdout = collected(child.stdout);
  const stderr = collected(child.stderr);
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`the server ended before it listened: ${stderr()}`);
    }),
  ]);
  return {
    port: portFrom(message),
    stop: async () => {
      child.kill('SIGKILL');
      await closed;
      return stdout();
    },
  };
};

/** Starts one function as it is deployed: the framework's own command on the compiled package. */
export const startFunction = (
  name: FunctionName,
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> =>
  startServer([framework, `--target=${name}`, '--port=0'], {
    FUNCTION_TARGET: name,
    METADATA_SERVER_DETECTION: 'none',
    ...environment,
  });

/** Pushes a message as the function's subscription would. */
export const pushTo = async (
  { port }: ServerProcess,
  name: FunctionName,
  message: unknown,
): Promise<number> => {
  const response = await fetch(
    `http://127.0.0.1:${port}/projects/some-project/topics/${topicOf(name)}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        message,
        subscription: `projects/some-project/subscriptions/${name}`,
      }),
    },
  );
  await response.arrayBuffer();
  return response.status;
};
