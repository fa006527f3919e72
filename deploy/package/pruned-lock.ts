import * as t from 'io-ts';
import type { ArchivedManifest, FunctionsManifest } from './archived-manifest.js';
import { packagingError } from './packaging-error.js';

const Ranges = t.record(t.string, t.string);

/** The fields of one installed package that are used here; other fields are kept. */
const Locked = t.partial({
  dependencies: Ranges,
  optionalDependencies: Ranges,
  peerDependencies: Ranges,
  peerDependenciesMeta: t.record(t.string, t.partial({ optional: t.boolean })),
  dev: t.boolean,
  devOptional: t.boolean,
  optional: t.boolean,
});
type Locked = t.TypeOf<typeof Locked>;

/** `package-lock.json`: packages by installation folder; `''` is the root. */
export const Lock = t.type(
  { lockfileVersion: t.literal(3), packages: t.record(t.string, Locked) },
  'package-lock.json',
);
export type Lock = t.TypeOf<typeof Lock>;

const namesIn = (ranges: Readonly<Record<string, string>> | undefined): readonly string[] =>
  Object.keys(ranges ?? {});

const isOptionalPeer = ({ peerDependenciesMeta }: Locked, name: string): boolean =>
  peerDependenciesMeta?.[name]?.optional === true;

/** The folders that Node searches for a package's dependencies, the nearest first. */
const searchPath = (folder: string): readonly string[] =>
  folder === ''
    ? ['']
    : [
        `${folder}/`,
        ...searchPath(folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))),
      ];

/** Resolves a package's dependency by Node's rules. */
const resolve = ({ packages }: Lock, folder: string, name: string): string | undefined =>
  searchPath(folder)
    .map((start) => `${start}node_modules/${name}`)
    .find((place) => place in packages);

/** The folders of all packages that `names` need, without or with optional dependencies. */
const closure = (
  lock: Lock,
  names: readonly string[],
  withOptional: boolean,
): ReadonlySet<string> => {
  const reached = new Set<string>();
  const follow = (folder: string, name: string, required: boolean): void => {
    const place = resolve(lock, folder, name);
    if (place === undefined && required)
      throw packagingError(
        `package-lock.json: expected ${name}, which ${folder || 'package.json'} needs, but ` +
          'did not find it. Update the lock with npm install.',
      );
    if (place === undefined || reached.has(place)) return;
    reached.add(place);
    const locked = lock.packages[place] ?? {};
    for (const each of namesIn(locked.dependencies)) follow(place, each, true);
    // An optional peer is used only if another package installs it.
    for (const each of namesIn(locked.peerDependencies))
      if (!isOptionalPeer(locked, each)) follow(place, each, true);
    if (withOptional)
      for (const each of namesIn(locked.optionalDependencies)) follow(place, each, false);
  };
  for (const name of names) follow('', name, true);
  return reached;
};

/** The `dev` and `optional` flags depend on which packages need it, so they are recomputed. */
const relocked = (
  { dev: _dev, devOptional: _devOptional, optional: _optional, ...locked }: Locked,
  optional: boolean,
): Locked => ({ ...locked, ...(optional ? { optional } : {}) });

/**
 * The part of a lock that a manifest needs, in npm's own form: every package keeps its folder,
 * version and integrity.
 */
export const prunedLock = (
  lock: Lock,
  { name, version, license, engines, dependencies }: FunctionsManifest & Partial<ArchivedManifest>,
) => {
  const names = Object.keys(dependencies);
  const needed = closure(lock, names, false);
  const installed = closure(lock, names, true);
  return {
    name,
    version,
    lockfileVersion: lock.lockfileVersion,
    requires: true,
    packages: {
      '': { name, version, license, dependencies, engines },
      ...Object.fromEntries(
        Object.entries(lock.packages)
          .filter(([folder]) => installed.has(folder))
          .map(([folder, locked]) => [folder, relocked(locked, !needed.has(folder))]),
      ),
    },
  };
};
