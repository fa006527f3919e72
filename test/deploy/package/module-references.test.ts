import assert from 'node:assert/strict';
import { referencesIn } from '../../../deploy/package/module-references.js';

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
      packages: ['@scope/a', 'charts'],
    });
  });

  it('ignores comments, other strings and web addresses', () => {
    const text = `
      // import './b.js';
      const said = "import './b.js'";
      const url = new URL('./b.js', base);`;
    assert.deepEqual([modulesIn(text), packagesIn(text)], [[], []]);
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
    const text = ['a', 'b/c/d', '@s/a', '@s/b/c'].map((name) => `import '${name}';`).join('\n');
    assert.deepEqual(packagesIn(text), ['a', 'b', '@s/a', '@s/b']);
  });
});
