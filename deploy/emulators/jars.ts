import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError, permanent } from '../../shared/codec/failure.js';
import { isCode } from '../../shared/local/files.js';

/** The Google emulators that are Java programs. */
export type JavaEmulator = 'pubsub' | 'firestore';
export type Jars = Readonly<Record<JavaEmulator, string>>;

interface Component {
  readonly variable: string;
  readonly folder: string;
  /** The Pub/Sub emulator's version is part of the jar's name. */
  readonly file: RegExp;
  readonly install: string;
}

const components: Readonly<Record<JavaEmulator, Component>> = {
  pubsub: {
    variable: 'PUBSUB_EMULATOR_JAR',
    folder: 'platform/pubsub-emulator/lib',
    file: /^cloud-pubsub-emulator-.*-all\.jar$/,
    install: 'pubsub-emulator',
  },
  firestore: {
    variable: 'FIRESTORE_EMULATOR_JAR',
    folder: 'platform/cloud-firestore-emulator',
    file: /^cloud-firestore-emulator.*\.jar$/,
    install: 'cloud-firestore-emulator',
  },
};

const reject = (sentence: string): never => {
  throw new FailureError(permanent('configuration', sentence));
};

const sdkRoot = (): string => {
  try {
    return execFileSync('gcloud', ['info', '--format=value(installation.sdk_root)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (error) {
    return reject(
      `The emulators come with the Google Cloud CLI, and gcloud ${isCode(error, 'ENOENT') ? 'is not on the PATH: install it' : 'did not report its installation folder: repair it'}, or set PUBSUB_EMULATOR_JAR and FIRESTORE_EMULATOR_JAR to the jars.`,
    );
  }
};

const filesIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder) : [];

const newestIn = (root: string, { variable, folder, file, install }: Component): string => {
  const [newest] = filesIn(join(root, folder))
    .filter((name) => file.test(name))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newest === undefined
    ? reject(
        `There is no ${install} in ${root}: run gcloud components install ${install}, or set ${variable} to its jar.`,
      )
    : join(root, folder, newest);
};

const givenBy = (variable: string, environment: NodeJS.ProcessEnv): string | undefined => {
  const path = environment[variable];
  if (path === undefined || path === '') return undefined;
  return existsSync(path)
    ? path
    : reject(`${variable}: expected the path of a jar, got ${path}, which does not exist.`);
};

/**
 * The emulators' jars, from PUBSUB_EMULATOR_JAR and FIRESTORE_EMULATOR_JAR or from the Google Cloud
 * CLI. `root` returns the installation folder. A gcloud call takes seconds, so it is made once, and
 * only if a variable is missing. Throws a `configuration` failure.
 */
export const findJars = (environment: NodeJS.ProcessEnv, root: () => string = sdkRoot): Jars => {
  let known: string | undefined;
  const jarOf = (component: Component): string => {
    const given = givenBy(component.variable, environment);
    if (given !== undefined) return given;
    known ??= root();
    return newestIn(known, component);
  };
  return { pubsub: jarOf(components.pubsub), firestore: jarOf(components.firestore) };
};

/** The `java` to run: from JAVA_HOME if set, otherwise from the PATH. */
export const javaOf = ({ JAVA_HOME }: NodeJS.ProcessEnv): string =>
  JAVA_HOME === undefined || JAVA_HOME === '' ? 'java' : join(JAVA_HOME, 'bin', 'java');
