import { Command } from 'commander';
import { DEFAULT_BUCKET } from '../cli/local-config.js';
import { UsageError } from '../cli/terminal/usage-error.js';
import type { Project } from './environment-variables.js';

const DEFAULT_PROJECT = 'demo-live-pool';

export interface Arguments extends Project {
  /** Empty: stay up until interrupted. */
  readonly command: readonly string[];
}

const matching =
  (name: string, pattern: RegExp, expected: string) =>
  (text: string): string => {
    if (!pattern.test(text)) throw new UsageError(`${name}: expected ${expected}, got ${text}`);
    return text;
  };

/**
 * Parses the arguments after `npm run emulators --`: the launcher's options up to the first other
 * argument, then the command with its own options. Throws a UsageError or a commander error.
 */
export const parseArguments = (words: readonly string[]): Arguments => {
  const program = new Command('emulators')
    .description(
      'Starts the Pub/Sub and Firestore emulators and a Cloud Storage stand-in, serves every function against them, runs a command, and stops everything when the command ends.',
    )
    .usage('[options] [--] [command...]')
    .argument('[command...]', 'the command to run (default: keep everything running until Ctrl-C)')
    .option(
      '--project <id>',
      'the id of the project to create',
      matching(
        '--project',
        /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        '6 to 30 lower-case letters, digits and dashes',
      ),
      DEFAULT_PROJECT,
    )
    .option(
      '--bucket <name>',
      'the bucket to create',
      matching(
        '--bucket',
        /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
        '3 to 63 lower-case letters, digits, dots and dashes',
      ),
      DEFAULT_BUCKET,
    )
    .addHelpText('after', '\nExample:\n  npm run emulators -- npm run test:emulator')
    .passThroughOptions()
    .exitOverride()
    .parse([...words], { from: 'user' });
  const { project, bucket } = program.opts<{ project: string; bucket: string }>();
  return { projectId: project, bucket, command: program.args };
};
