import { join } from 'node:path';
import type { Command } from 'commander';
import { RELEASE_INDEX_FILE, RELEASES_FOLDER } from '../../../functions/shadow/history-files.js';
import { OFFICIAL_BASELINE } from '../../../shared/research/shadow-tracks.js';
import { type Answer, addGlobalOptions, contextOf, print } from '../context.js';
import { EXIT } from '../exit-code.js';
import { exampleText } from '../help.js';
import { addRunFlags, refuseOpenDay } from '../run-flags.js';
import { runOptionsOf } from '../run-options.js';
import { withShadowBuild } from '../shadow-build.js';

export const releasesText = (count: number, first: string, last: string, index: string): string =>
  [`${count} shadow releases, ${first} to ${last}.`, `index       ${index}`].join('\n');

const releases = async (command: Command): Promise<number> => {
  const context = contextOf(command, { places: 'folder', localBucket: true });
  const options = runOptionsOf(command.opts(), context);
  refuseOpenDay(options);
  const build = {
    command: ['shadow', 'releases'],
    functions: ['ingest'],
    tracks: [OFFICIAL_BASELINE],
    folders: [RELEASES_FOLDER],
  } as const;
  await withShadowBuild(context, options, build, async ({ index }) => {
    const [baseline] = index.tracks;
    const answer = {
      release_count: baseline?.release_count ?? 0,
      index_path: join(context.state.output, RELEASES_FOLDER, RELEASE_INDEX_FILE),
    };
    print(context, answer, () =>
      releasesText(
        answer.release_count,
        baseline?.first_as_of_date ?? '–',
        baseline?.last_as_of_date ?? '–',
        answer.index_path,
      ),
    );
  });
  return EXIT.ok;
};

export const shadowCommand = (program: Command, answer: Answer): void => {
  const shadow = program
    .command('shadow')
    .description('what the method would have released in the past')
    .addHelpText('after', exampleText('live-pool shadow releases'));
  addRunFlags(addGlobalOptions(shadow.command('releases')))
    .description('write the official baseline’s shadow release history; nothing is published')
    .addHelpText(
      'after',
      exampleText(
        'live-pool shadow releases --source csv --data-dir bars --metadata metadata.csv --as-of-date 2026-10-31',
      ),
    )
    .action(async (_options, command: Command) => answer(await releases(command)));
};
