import { join } from 'node:path';
import { RELEASE_INDEX_FILE, RELEASES_FOLDER } from '../../../functions/shadow/history-files.js';
import { OFFICIAL_BASELINE } from '../../../shared/research/tracks/shadow-tracks.js';
import { type Action, contextOf, print } from '../context.js';
import { assertClosedDay } from '../run/assert-closed-day.js';
import { runOptionsOf } from '../run/options.js';
import { runShadowBuild } from '../run/shadow-build.js';
import { EXIT } from '../terminal/exit-code.js';

export const releasesText = (count: number, first: string, last: string, index: string): string =>
  [`${count} shadow releases, ${first} to ${last}.`, `index       ${index}`].join('\n');

export const shadowReleasesAction: Action = async (command) => {
  const context = contextOf(command, { targets: 'local', localBucket: true });
  const options = runOptionsOf(command.opts(), context);
  assertClosedDay(options);
  const build = {
    command: ['shadow', 'releases'],
    functions: ['ingest'],
    tracks: [OFFICIAL_BASELINE],
    folders: [RELEASES_FOLDER],
  } as const;
  await runShadowBuild(context, options, build, async ({ index }) => {
    const [baseline] = index.tracks;
    const result = {
      release_count: baseline?.release_count ?? 0,
      index_path: join(context.state.output, RELEASES_FOLDER, RELEASE_INDEX_FILE),
    };
    print(context, result, () =>
      releasesText(
        result.release_count,
        baseline?.first_as_of_date ?? '–',
        baseline?.last_as_of_date ?? '–',
        result.index_path,
      ),
    );
  });
  return EXIT.ok;
};
