import * as t from 'io-ts';
import { packagingError } from './packaging-error.js';

/**
 * Google's builder installs the newest Node.js that `engines` admits, whatever the function's runtime
 * says: the archive asks for the runtime that the infrastructure names, and no other.
 */
export const CLOUD_NODE = '24.x';

/** What is read of a `package.json`; the rest is kept as it is or left behind. */
export const Manifest = t.intersection(
  [
    t.type({
      name: t.string,
      version: t.string,
      main: t.string,
      dependencies: t.record(t.string, t.string),
    }),
    t.partial({
      description: t.string,
      license: t.string,
      private: t.boolean,
      type: t.string,
      engines: t.record(t.string, t.string),
      exports: t.UnknownRecord,
      imports: t.UnknownRecord,
    }),
  ],
  'package.json',
);
export type Manifest = t.TypeOf<typeof Manifest>;

/** The manifest of the archive. */
export interface ArchivedManifest extends Manifest {
  /** Of the commit that it was made from; npm's own name for it. */
  readonly gitHead: string;
}

/** The files that an entry of `exports` or `imports` leads to; of a pattern, their folder. */
const targetsOf = (entry: unknown): readonly string[] =>
  typeof entry === 'string'
    ? [entry.replace(/^\.\//, '').replace(/\*.*$/, '')]
    : Object.values(Object(entry)).flatMap(targetsOf);

const valid = (
  entries: Readonly<Record<string, unknown>> | undefined,
  files: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entries ?? {}).filter(([, entry]) =>
      targetsOf(entry).every((target) =>
        files.some((file) => (target.endsWith('/') ? file.startsWith(target) : file === target)),
      ),
    ),
  );

/**
 * What is left of a manifest when only `files` and `packages` are there: nothing to build, nothing
 * to develop with, no way to what was left behind.
 */
export const archivedManifest = (
  manifest: Manifest,
  files: readonly string[],
  packages: ReadonlySet<string>,
  gitHead: string,
): ArchivedManifest => {
  const { name, version, description, license, type, main } = manifest;
  const entry = main.replace(/^\.\//, '');
  if (!files.includes(entry))
    throw packagingError(
      `package.json: expected main to be the functions' entry point, got ${main}, which is not ` +
        'in the archive.',
    );
  return {
    name,
    version,
    ...(description === undefined ? {} : { description }),
    ...(license === undefined ? {} : { license }),
    private: true,
    ...(type === undefined ? {} : { type }),
    engines: { node: CLOUD_NODE },
    main,
    exports: valid(manifest.exports, files),
    imports: valid(manifest.imports, files),
    dependencies: Object.fromEntries(
      Object.entries(manifest.dependencies).filter(([dependency]) => packages.has(dependency)),
    ),
    gitHead,
  };
};
