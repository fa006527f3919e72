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

/**
 * A suite that needs the emulators, whose addresses are in the environment. Without them it is
 * skipped and its title says so; in CI, where they must run, it fails.
 */
export const describeWithEmulators = (title: string, body: (emulated: Emulated) => void): void => {
  const missing = VARIABLES.filter((name) => !process.env[name]);
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
