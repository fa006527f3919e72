import { execFileSync } from 'node:child_process';
import { findJars, type Jars, javaOf } from '../../../deploy/emulators/jars.js';
import { errorMessage } from '../../../shared/codec/error-message.js';

const lookUp = (): Jars | string => {
  try {
    const jars = findJars(process.env);
    execFileSync(javaOf(process.env), ['-version'], { stdio: 'ignore' });
    return jars;
  } catch (error) {
    return errorMessage(error);
  }
};

let known: Jars | string | undefined;

/**
 * A suite that starts Google's emulators itself; its environment names the jars, so that gcloud is
 * asked once only. Where they cannot run it is skipped and its title says why; in CI it fails.
 */
export const describeWithJava = (
  title: string,
  body: (environment: NodeJS.ProcessEnv) => void,
): void => {
  known ??= lookUp();
  const found = known;
  if (typeof found !== 'string') {
    const jars = { PUBSUB_EMULATOR_JAR: found.pubsub, FIRESTORE_EMULATOR_JAR: found.firestore };
    describe(title, () => body({ ...process.env, ...jars }));
    return;
  }
  describe(`${title} — SKIPPED: ${found}`, () => {
    if (process.env.CI === 'true')
      it('runs in CI', () => {
        throw new Error(found);
      });
    else it.skip("needs Google's emulators", () => undefined);
  });
};
