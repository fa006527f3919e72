const VARIABLES = [
  'PUBSUB_EMULATOR_HOST',
  'FIRESTORE_EMULATOR_HOST',
  'STORAGE_EMULATOR_HOST',
  'GOOGLE_CLOUD_PROJECT',
] as const;

/**
 * What the emulators serve; a suite that wants to be alone opens a project or bucket of its own.
 */
export interface Emulated {
  readonly project: string;
  readonly bucket: string;
}

const missingVariables = (): readonly string[] => VARIABLES.filter((name) => !process.env[name]);

/**
 * The adapter of a contract suite that needs the emulators, next to adapters that do not: the file
 * runs in both `npm test`, without this adapter, and `npm run test:emulator`.
 */
export const describeAdapterWithEmulators = (title: string, body: () => void): void => {
  if (missingVariables().length === 0) describe(title, body);
  else
    describe(`${title} — SKIPPED: no emulators, see npm run test:emulator`, () => {
      it.skip('needs the emulators', () => undefined);
    });
};

/**
 * A suite that needs the emulators, whose addresses are in the environment. Without them it is
 * skipped and its title says so; in CI, where they must run, it fails.
 */
export const describeWithEmulators = (title: string, body: (emulated: Emulated) => void): void => {
  const missing = missingVariables();
  if (missing.length === 0) {
    const { GOOGLE_CLOUD_PROJECT: project = '', BUCKET: bucket = '' } = process.env;
    describe(title, () => body({ project, bucket }));
    return;
  }
  describe(`${title} — SKIPPED: ${missing.join(', ')} not set, no emulators`, () => {
    if (process.env.CI === 'true')
      it('runs in CI', () => {
        throw new Error(`CI must run the emulators; not set: ${missing.join(', ')}.`);
      });
    else it.skip('needs the emulators', () => undefined);
  });
};
