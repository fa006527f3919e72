import * as t from 'io-ts';
import { packagingError } from './packaging-error.js';

/**
 * Google's builder installs the newest Node.js that `engines` admits and ignores the function's
 * runtime. So the archive admits only the major version that the infrastructure names.
 */
export const CLOUD_NODE = '24.x';

/** The fields of a `package.json` that are used here; others are kept or removed. */
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

/** The archive's `package.json`. */
export interface ArchivedManifest extends Manifest {
  /** The source commit, under npm's own field name. */
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
 * Reduces a manifest to `files` and `packages`: no scripts, no dev dependencies, and no entry
 * points to modules that are not in the archive.
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
