import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { PYTHON_CLIENT } from '../../support/python.js';

const folder = resolve(import.meta.dirname, '../consumers');
/** How each example is run. */
export const EXAMPLES = {
  TypeScript: [process.execPath, '--import', 'tsx', resolve(folder, 'consumer.ts')],
  Python: ['python3', resolve(folder, 'consumer.py')],
} as const;

/** An example at work: what it has said so far, and its end. */
export interface Running {
  readonly child: ChildProcess;
  readonly complained: (about: RegExp) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string }>;
}

export const startExample = (
  language: keyof typeof EXAMPLES,
  project: string,
  words: readonly string[],
): Running => {
  const [command, ...first] = EXAMPLES[language];
  const child = spawn(command, [...first, ...words], {
    env: {
      ...process.env,
      GOOGLE_CLOUD_PROJECT: project,
      PYTHONPATH: PYTHON_CLIENT,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
    },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  const ended = new Promise<{ readonly code: number | null; readonly stdout: string }>(
    (resolveRun, reject) => {
      child.on('error', reject);
      child.on('close', (code) =>
        code === 0 ? resolveRun({ code, stdout }) : reject(new Error(`${code}: ${stderr}`)),
      );
    },
  );
  const heard: (() => void)[] = [];
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
    for (const listener of heard) listener();
  });
  const complaint = (about: RegExp): Promise<void> =>
    new Promise((resolveComplaint) => {
      const look = (): void => {
        if (about.test(stderr)) resolveComplaint();
      };
      heard.push(look);
      look();
    });
  return {
    child,
    ended,
    // A process that has ended will not complain any more.
    complained: (about) => Promise.race([complaint(about), ended.then(() => undefined)]),
  };
};
