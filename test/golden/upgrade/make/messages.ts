import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Copies the message that waits for a function, as the queue of the state folder stores it. */
export const keepWaiting = (state: string, name: string, folder: string): void => {
  const pending = join(state, 'pubsub/pending');
  const file = readdirSync(pending).find((one) => one.endsWith(`-${name}.json`));
  if (file === undefined) throw new Error(`No message waits for ${name}.`);
  mkdirSync(folder, { recursive: true });
  cpSync(join(pending, file), join(folder, `${name}.json`));
};

/** Copies the archived message of each topic that speaks of the version. */
export const keepArchived = (state: string, version: string, folder: string): void => {
  const events = join(state, 'bucket/live-pool-local/crypto-live-pool-pipelines/events');
  for (const topic of readdirSync(events)) {
    const file = readdirSync(join(events, topic)).find((one) =>
      readFileSync(join(events, topic, one), 'utf8').includes(`"version":"${version}"`),
    );
    if (file === undefined) throw new Error(`No ${topic} of ${version} is archived.`);
    mkdirSync(join(folder, topic), { recursive: true });
    cpSync(join(events, topic, file), join(folder, topic, file));
  }
};
