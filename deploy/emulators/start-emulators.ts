import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Emulator } from './emulator.js';
import { freePort } from './free-port.js';
import { findJars, type JavaEmulator, javaOf } from './jars.js';
import { startProcessEmulator } from './process-emulator.js';
import { startStorage } from './start-storage.js';

export interface EmulatorOptions {
  /** Provides JAVA_HOME, PUBSUB_EMULATOR_JAR and FIRESTORE_EMULATOR_JAR. */
  readonly environment: NodeJS.ProcessEnv;
  /** Default: a new temporary folder. */
  readonly logFolder?: string;
  /** Called when an emulator ends that was not killed through this interface. */
  readonly died?: (sentence: string) => void;
}

export interface Emulators {
  readonly pubsub: Emulator;
  readonly firestore: Emulator;
  /** Keeps its objects when it is killed: it simulates an outage, not a loss of data. */
  readonly storage: Emulator;
  readonly logFolder: string;
  readonly stop: () => Promise<void>;
}

/** Small heaps and a fast start: the emulators run for minutes only. */
const jvmWords = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

const programWords: Readonly<
  Record<JavaEmulator, (jar: string, port: number, sparePort: number) => readonly string[]>
> = {
  pubsub: (jar, port) => ['-jar', jar, '--host=127.0.0.1', `--port=${port}`],
  firestore: (jar, port, sparePort) => [
    // The emulator has messages in English only.
    '-Duser.language=en',
    '-cp',
    jar,
    'com.google.cloud.datastore.emulator.firestore.CloudFirestore',
    'start',
    '--host=127.0.0.1',
    `--port=${port}`,
    `--websocket_port=${sparePort}`,
    '--database-mode=firestore-native',
  ],
};

const isSilent = (folder: string): boolean =>
  readdirSync(folder).every((log) => statSync(join(folder, log)).size === 0);

/**
 * Starts the Pub/Sub and Firestore emulators and the Cloud Storage stand-in on free loopback ports,
 * and resolves when all respond. All end with this process, even if it is killed. Any number of
 * suites can share them if each uses its own project ids and bucket names.
 */
export const startEmulators = async ({
  environment,
  logFolder: givenFolder,
  died = () => undefined,
}: EmulatorOptions): Promise<Emulators> => {
  const jars = findJars(environment);
  const logFolder = givenFolder ?? mkdtempSync(join(tmpdir(), 'emulators-'));
  const startJava = async (name: JavaEmulator): Promise<Emulator> => {
    const sparePort = await freePort();
    return startProcessEmulator({
      name,
      command: javaOf(environment),
      words: (port) => [...jvmWords, ...programWords[name](jars[name], port, sparePort)],
      logFolder,
      died,
    });
  };
  const starting = [startJava('pubsub'), startJava('firestore'), startStorage()] as const;
  try {
    const [pubsub, firestore, storage] = await Promise.all(starting);
    const stop = async (): Promise<void> => {
      await Promise.all([pubsub.kill(), firestore.kill(), storage.kill()]);
    };
    return { pubsub, firestore, storage, logFolder, stop };
  } catch (error) {
    // If one emulator fails to start, stop the others.
    for (const outcome of await Promise.allSettled(starting))
      if (outcome.status === 'fulfilled') await outcome.value.kill();
    if (givenFolder === undefined && isSilent(logFolder)) rmSync(logFolder, { recursive: true });
    throw error;
  }
};
