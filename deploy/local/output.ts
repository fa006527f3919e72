import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import { encodeJson } from '../../shared/codec/bytes.js';
import { type Failure, unavailable } from '../../shared/codec/failure.js';
import { locationsOf } from '../../shared/config.js';
import {
  ARTIFACT_FILE,
  ARTIFACTS,
  RELEASE_MANIFEST_FILE,
} from '../../shared/contract/constants.js';
import type { PartialReleaseFiles } from '../../shared/contract/release.js';
import { ReleaseManifest, releaseManifest } from '../../shared/contract/release-manifest.js';
import { readIfPresent, replaceFile } from '../../shared/local/files.js';
import { readReleaseAt } from '../../shared/releases/read-release.js';

/** Where materialise has written a release. */
export interface Materialised {
  readonly releasePrefix: string;
  readonly dryRun: boolean;
}

/** The artifacts in a folder; a file that does not exist is left out. */
export const readOutput = async (folder: string): Promise<PartialReleaseFiles> => {
  const files: Partial<Record<string, Uint8Array>> = {};
  for (const name of ARTIFACTS) {
    const file = ARTIFACT_FILE[name];
    const bytes = await readIfPresent(join(folder, file));
    if (bytes !== undefined) files[file] = bytes;
  }
  return files;
};

/** Copies a materialised release into the contract's local layout, with its release manifest. */
export const writeOutput = (
  { objects, config }: Pick<Environment, 'objects' | 'config'>,
  folder: string,
  { releasePrefix, dryRun }: Materialised,
): TE.TaskEither<Failure, void> =>
  pipe(
    readReleaseAt(objects, releasePrefix),
    TE.bindTo('release'),
    TE.bind('manifest', ({ release }) =>
      TE.fromEither(
        encodeJson(
          ReleaseManifest,
          RELEASE_MANIFEST_FILE,
        )(releaseManifest(release, locationsOf(config), { dryRun })),
      ),
    ),
    TE.chain(({ release, manifest }) =>
      TE.tryCatch(
        async () => {
          for (const name of ARTIFACTS) {
            const file = ARTIFACT_FILE[name];
            await replaceFile(join(folder, file), release.files[file]);
          }
          await replaceFile(join(folder, RELEASE_MANIFEST_FILE), manifest);
        },
        unavailable(`write ${folder}`),
      ),
    ),
  );
