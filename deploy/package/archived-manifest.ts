import * as t from 'io-ts';

/**
 * Google's builder installs the newest Node.js that `engines` admits and ignores the function's
 * runtime. So the archive admits only the major version that the infrastructure names.
 */
export const CLOUD_NODE = '24.x';

/** The fields of `functions/package.json` that the archive's manifest takes over. */
export const FunctionsManifest = t.exact(
  t.intersection([
    t.type({ name: t.string, version: t.string, dependencies: t.record(t.string, t.string) }),
    t.partial({ description: t.string, license: t.string, private: t.boolean, type: t.string }),
  ]),
  'functions/package.json',
);
export type FunctionsManifest = t.TypeOf<typeof FunctionsManifest>;

/** The field of the root's `package.json` that npm reads there alone. */
export const RootManifest = t.exact(t.partial({ overrides: t.UnknownRecord }), 'package.json');
export type RootManifest = t.TypeOf<typeof RootManifest>;

/** The archive's `package.json`. */
export interface ArchivedManifest extends FunctionsManifest, RootManifest {
  readonly engines: { readonly node: string };
  readonly main: string;
  /** The source commit, under npm's own field name. */
  readonly gitHead: string;
}

/** The manifest of the functions, as the manifest of a package whose entry point is `main`. */
export const archivedManifest = (
  manifest: FunctionsManifest & RootManifest,
  main: string,
  gitHead: string,
): ArchivedManifest => ({ ...manifest, engines: { node: CLOUD_NODE }, main, gitHead });
