import assert from 'node:assert/strict';
import { type Lock, prunedLock } from '../../../deploy/package/pruned-lock.js';

type Locked = Lock['packages'][string];

const prune = (packages: Readonly<Record<string, Locked>>, ...names: readonly string[]) =>
  prunedLock(
    {
      lockfileVersion: 3,
      packages: Object.fromEntries(
        Object.entries(packages).map(([name, locked]) => [
          name.replace(/(^|>)/g, (_, nested) => `${nested && '/'}node_modules/`),
          locked,
        ]),
      ),
    },
    {
      name: 'small',
      version: '1.0.0',
      main: 'index.js',
      dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
    },
  ).packages;

/** Folders, shortened: `a>b` is `node_modules/a/node_modules/b`. */
const left = (packages: Readonly<Record<string, Locked>>, ...names: readonly string[]) =>
  Object.keys(prune(packages, ...names))
    .filter((folder) => folder !== '')
    .map((folder) => folder.replace('node_modules/', '').replaceAll('/node_modules/', '>'));

const needs = (...names: readonly string[]): Locked => ({
  dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
});

describe('A pruned lock', () => {
  it('keeps the transitive dependencies, in the order of the lock', () => {
    assert.deepEqual(
      left({ a: needs('b'), b: needs('c'), c: {}, d: needs('a'), e: {} }, 'a', 'e'),
      [...['a', 'b', 'c', 'e']],
    );
  });

  it('follows cycles once', () => {
    assert.deepEqual(left({ a: needs('b'), b: needs('a') }, 'a'), ['a', 'b']);
  });

  it('searches the parent folders for a dependency, the nearest first', () => {
    const packages = {
      a: needs('b'),
      'a>b': needs('c', 'd'),
      'a>b>c': {},
      'a>d': {},
      b: {},
      c: {},
      d: {},
    };
    assert.deepEqual(left(packages, 'a'), ['a', 'a>b', 'a>b>c', 'a>d']);
    assert.deepEqual(left(packages, 'b', 'd'), ['b', 'd']);
  });

  it('handles scoped packages', () => {
    assert.deepEqual(left({ '@s/a': needs('@s/b'), '@s/a>@s/b': {}, '@s/b': {} }, '@s/a'), [
      ...['@s/a', '@s/a>@s/b'],
    ]);
  });

  it('keeps peers, but an optional peer only if another package needs it', () => {
    const packages = {
      a: {
        peerDependencies: { b: '*', c: '*' },
        peerDependenciesMeta: { c: { optional: true } },
      },
      b: {},
      c: {},
      d: needs('c'),
    };
    assert.deepEqual(left(packages, 'a'), ['a', 'b']);
    assert.deepEqual(left(packages, 'a', 'd'), ['a', 'b', 'c', 'd']);
  });

  it('keeps optional dependencies that are in the lock, and marks them as optional', () => {
    const packages = {
      a: { optionalDependencies: { b: '*', e: '*', absent: '*' } },
      b: needs('c', 'd'),
      c: {},
      d: {},
      e: {},
      f: needs('d'),
    };
    const pruned = prune({ ...packages, e: { optional: true } }, 'a', 'f');
    assert.deepEqual(
      Object.entries(pruned).map(([folder, locked]) => [folder, 'optional' in locked]),
      [
        ['', false],
        ...[
          ['node_modules/a', false],
          ['node_modules/b', true],
          ['node_modules/c', true],
          ['node_modules/d', false],
          ['node_modules/e', true],
          ['node_modules/f', false],
        ],
      ],
    );
  });

  it('removes the dev flags of a package and keeps its other fields', () => {
    const locked = { version: '1.0.0', integrity: 'sha512-…', peerDependencies: {} };
    assert.deepEqual(prune({ a: { ...locked, devOptional: true } }, 'a'), {
      '': {
        name: 'small',
        version: '1.0.0',
        license: undefined,
        dependencies: { a: '1.0.0' },
        engines: undefined,
      },
      'node_modules/a': locked,
    });
  });

  it('cannot be made if the lock lacks a dependency', () => {
    assert.throws(() => prune({ a: needs('b') }, 'a'), {
      message:
        'package-lock.json: expected b, which node_modules/a needs, but did not find it. ' +
        'Update the lock with npm install.',
    });
    assert.throws(() => prune({}, 'a'), { message: /expected a, which package\.json needs/ });
  });
});
