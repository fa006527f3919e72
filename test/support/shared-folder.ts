import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../shared/', import.meta.url));
// A newcomer's own folder may well be called "shared": only ours has the golden cases in it.
const present = existsSync(`${root}golden/cases`);

/** The path below the development data beside the project, or undefined on a machine without it. */
export const sharedFolder = (...segments: readonly string[]): string | undefined =>
  present ? `${root}${segments.join('/')}` : undefined;

/**
 * A suite that needs the development data. Without it the suite is skipped and its title says so.
 */
export const describeWithShared = (
  title: string,
  body: (folder: (...segments: readonly string[]) => string) => void,
): void => {
  if (present) {
    describe(title, () => body((...segments) => `${root}${segments.join('/')}`));
  } else {
    describe(`${title} — SKIPPED: ../shared is not on this machine`, () => {
      it.skip('needs ../shared', () => undefined);
    });
  }
};
