import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { readJson } from '../codec/bytes.js';
import type { Failure } from '../codec/failure.js';
import { Version } from '../codec/primitives.js';
import { ARTIFACT_FILE, ARTIFACTS } from '../contract/constants.js';
import { LivePool } from '../contract/live-pool.js';
import { releaseKey } from '../object-keys.js';
import type { ObjectStore } from '../ports/object-store.js';
import { readOptional } from './read-referenced-object.js';

/** A release as `release list` shows it. */
export interface ReleaseSummary {
  readonly version: Version;
  readonly asOfDate: string;
  /** In pool order; empty if the pool cannot be read. */
  readonly symbols: readonly string[];
  /** True if all five objects exist. */
  readonly complete: boolean;
}

const summaryOf =
  (objects: ObjectStore, keys: ReadonlySet<string>) =>
  (version: Version): TE.TaskEither<Failure, ReleaseSummary> =>
    pipe(
      readOptional(objects, releaseKey(version, ARTIFACT_FILE.live_pool)),
      TE.map((bytes) => {
        const pool = bytes && readJson(LivePool, version)(bytes);
        return {
          version,
          asOfDate: version.slice(0, 10),
          symbols: pool !== undefined && E.isRight(pool) ? pool.right.symbols : [],
          complete: ARTIFACTS.every((name) => keys.has(releaseKey(version, ARTIFACT_FILE[name]))),
        };
      }),
    );

/** Every release in the bucket, oldest first. */
export const listReleases = (
  objects: ObjectStore,
): TE.TaskEither<Failure, readonly ReleaseSummary[]> =>
  pipe(
    objects.list('releases/'),
    TE.chain((found) => {
      const keys = new Set(found.map(({ key }) => key));
      const names = [...keys].map((key) => key.split('/')[1]).filter(Version.is);
      return pipe([...new Set(names)].sort(), TE.traverseArray(summaryOf(objects, keys)));
    }),
  );
