import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { mock } from 'node:test';
import { v1 } from '@google-cloud/pubsub';
import { UsageError } from '../../../deploy/cli/terminal/usage-error.js';
import type { Finished } from '../../support/cli.js';
import { livePool } from '../../support/cli.js';

/** What a command prints that has no emulator. */
type Answer = (words: readonly string[]) => Promise<string>;

export interface ShellOptions {
  readonly folder: string;
  /** For the pastes: which deployment they are about. */
  readonly variables: Readonly<Record<string, string>>;
  /** The first block of the document, with what every other one calls. */
  readonly opening: string;
  /** The instant at which commands are given. */
  readonly now: () => string;
  /** By the command's first word. */
  readonly answers: Readonly<Record<string, Answer>>;
}

export interface Shell {
  /** Pastes a block; what it sets by `export` stays. Rejects if a command of it fails. */
  readonly paste: (block: string, values?: Readonly<Record<string, string>>) => Promise<string>;
  /** Every command that was started so far, as words. */
  readonly started: readonly (readonly string[])[];
  readonly close: () => Promise<void>;
}

/** Hands its words to the test, and prints what it answers; 99 means: do it yourself. */
const shim = (name: string, port: number, real: string): string => `#!/bin/bash
answer=$(mktemp -d)
trap 'rm -r "$answer"' EXIT
code=$(printf '%s\\0' "\${SOURCE_REVISION:-}" "$PWD" "$@" |
  /usr/bin/env curl -sS --data-binary @- "http://127.0.0.1:${port}/${name}$answer")
if [ "$code" = 99 ]; then ${real}; exit $?; fi
cat "$answer/out"
cat "$answer/err" >&2
exit "$code"
`;

/** The command as it is installed; `npm test` builds it first. */
const INSTALLED = resolve(import.meta.dirname, '../../../dist/deploy/cli/main.js');
/** What runs in this process; the rest is about files, or is slow for other reasons. */
const HERE = ['dead-letters', 'history', 'reconcile', 'release', 'replay', 'restate'].concat([
  ...['rollback', 'run', 'status'],
]);

/** An emulator says at once what there is: two seconds of silence at each look say nothing more. */
const EMULATOR_SILENCE_MILLISECONDS = 300;

const shortenSilence = () => {
  const { pull } = v1.SubscriberClient.prototype;
  const { mock: mocked } = mock.method(
    v1.SubscriberClient.prototype,
    'pull',
    function (this: v1.SubscriberClient, request: object, options: { readonly timeout: number }) {
      const timeout = Math.min(options.timeout, EMULATOR_SILENCE_MILLISECONDS);
      return Reflect.apply(pull, this, [request, { ...options, timeout }]);
    },
  );
  return mocked;
};

const run = (
  command: string,
  words: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Finished> =>
  new Promise((done, reject) => {
    const child = spawn(command, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });

/** `export NAME=… # yours: …` is for the reader to fill in; here the scenario does. */
const filledIn = (block: string, values: Readonly<Record<string, string>>): string =>
  block.replaceAll(/^export ([A-Z_]+)=.*# yours.*$/gm, (line, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value is given to fill in: ${line}`);
    return `export ${name}='${value}'`;
  });

/**
 * A shell in which the runbook is pasted: `gcloud pubsub` is Google's own against the emulator,
 * `npx live-pool` is this product's. Its commands run in this process, as starting one each time
 * would take most of the suite's time; the first and those about folders run as they are installed.
 */
export const openShell = async (options: ShellOptions): Promise<Shell> => {
  const { folder, variables, opening, now, answers } = options;
  const silence = shortenSilence();
  const started: string[][] = [];
  let isFirst = true;
  const product = async (words: readonly string[], revision: string): Promise<Finished> => {
    const all = [...words, '--now', now()];
    const environment = revision === '' ? {} : { SOURCE_REVISION: revision };
    if (isFirst || !HERE.includes(words[0] ?? '')) {
      isFirst = false;
      return run(process.execPath, [INSTALLED, ...all], folder, { ...process.env, ...environment });
    }
    const before = process.env.SOURCE_REVISION;
    Object.assign(process.env, environment);
    try {
      return await livePool(all);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { code: 2, stdout: '', stderr: error.message };
    } finally {
      if (before !== undefined) process.env.SOURCE_REVISION = before;
    }
  };
  const perform = async (name: string, revision: string, words: string[]): Promise<Finished> => {
    started.push([name, ...words]);
    if (name === 'npx') {
      if (words[0] !== 'live-pool') throw new Error(`npx ${words[0]} is no command of ours.`);
      return product(words.slice(1), revision);
    }
    if (name === 'gcloud' && words[0] === 'pubsub') return { code: 99, stdout: '', stderr: '' };
    const answer = answers[name];
    return { code: 0, stdout: (await answer?.(words)) ?? '', stderr: '' };
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [revision = '', , ...words] = Buffer.concat(chunks).toString('utf8').split('\0');
    const [, name = '', ...path] = (request.url ?? '').split('/');
    const done = await perform(name, revision, words.slice(0, -1)).catch(
      (error: unknown): Finished => ({ code: 1, stdout: '', stderr: String(error) }),
    );
    writeFileSync(join('/', ...path, 'out'), done.stdout);
    writeFileSync(join('/', ...path, 'err'), done.stderr);
    response.end(String(done.code ?? 1));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const { PATH = '' } = process.env;
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['npx', 'gcloud', ...Object.keys(answers)]) {
    const real = `PATH='${PATH}' ${name} "$@"`;
    writeFileSync(
      join(bin, name),
      shim(name, port, real).replace('/usr/bin/env', `PATH='${PATH}'`),
    );
    chmodSync(join(bin, name), 0o755);
  }
  const kept = join(folder, 'kept.sh');
  const { PUBSUB_EMULATOR_HOST = '', HOME = '' } = process.env;
  const environment = {
    ...{ PATH: `${bin}:${PATH}`, PWD: folder, HOME, LANG: 'C.UTF-8' },
    CLOUDSDK_CONFIG: join(folder, 'gcloud'),
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: '1',
    CLOUDSDK_CORE_DISABLE_FILE_LOGGING: '1',
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: '1',
    CLOUDSDK_AUTH_DISABLE_CREDENTIALS: 'true',
    CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB: `http://${PUBSUB_EMULATOR_HOST}/`,
  };
  return {
    started,
    paste: async (block, values = {}) => {
      const script = [
        filledIn(opening, variables),
        existsSync(kept) ? readFileSync(kept, 'utf8') : '',
        filledIn(block, { ...variables, ...values }),
        `export -p | grep -vE ' (PATH|PWD|OLDPWD|SHLVL)=' > '${kept}'`,
      ].join('\n');
      const flags = ['-euo', 'pipefail', '-c', script];
      const { code, stdout, stderr } = await run('bash', flags, folder, environment);
      if (code !== 0) throw new Error(`Exit code ${code} of\n${block}\n${stdout}\n${stderr}`);
      return stdout;
    },
    close: () =>
      new Promise((done) => {
        silence.restore();
        server.close(() => done());
      }),
  };
};
