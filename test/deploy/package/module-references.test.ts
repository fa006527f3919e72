import assert from 'node:assert/strict';
import { packageOf, referencesIn } from '../../../deploy/package/module-references.js';

const modulesIn = (text: string): readonly string[] => referencesIn('a.js', text).modules;
const packagesIn = (text: string): readonly string[] => referencesIn('a.js', text).packages;

describe('What a module loads', () => {
  for (const [what, text] of [
    ['an import', "import { b } from './b.js';"],
    ['an import for its effects', "import './b.js';"],
    ['an import of nothing', "import {} from './b.js';"],
    ['a passing on', "export * from './b.js';"],
    ['a later import', "const b = async () => (await import('./b.js')).b;"],
    ['a worker thread', "new Worker(new URL('./b.js', import.meta.url), { workerData: 1 });"],
  ] as const)
    it(`is found in ${what}`, () => assert.deepEqual(modulesIn(text), ['./b.js']));

  it('lists each name once: packages separately, without Node built-ins', () => {
    const text = `
      import a from '@scope/a/lib/b.js';
      import a2 from '@scope/a/lib/b.js';
      import { readFile } from 'node:fs/promises';
      import path from 'path';
      const charts = () => import('charts');`;
    assert.deepEqual(referencesIn('a.js', text), {
      modules: [],
      packages: ['@scope/a/lib/b.js', 'charts'],
      resolved: [],
    });
  });

  it('ignores comments, other strings and web addresses', () => {
    const text = `
      // import './b.js';
      const said = "import './b.js'";
      const url = new URL('./b.js', base);`;
    assert.deepEqual([modulesIn(text), packagesIn(text)], [[], []]);
  });

  it('includes every string in a module that creates its own resolver', () => {
    const text = `
      import { createRequire } from 'node:module';
      const pathOf = createRequire(import.meta.url).resolve;
      pathOf('charts/dist/charts.min.js');`;
    assert.ok(referencesIn('a.js', text).resolved.includes('charts/dist/charts.min.js'));
    const meta = "import.meta.resolve('charts');";
    assert.deepEqual(referencesIn('a.js', meta).resolved, ['charts']);
  });

  for (const text of [
    'await import(name);',
    "await import('./' + name);",
    'await import(`./$' + '{name}.js`);',
    'new Worker(new URL(name, import.meta.url));',
  ])
    it(`cannot be determined for ${text}`, () =>
      assert.throws(() => referencesIn('a.js', text), {
        message: /^a\.js: expected the name of a module, got .*name/,
      }));

  it('belongs to a package, which may have a scope', () => {
    assert.deepEqual(['a', 'a/b/c', '@s/a', '@s/a/b'].map(packageOf), ['a', 'a', '@s/a', '@s/a']);
  });
});
