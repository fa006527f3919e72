import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as rules from './style-rules.js';

/** What is written by hand: golden data and recorded messages are not. */
const isProse = (path: string): boolean =>
  /\.([mc]?[tj]s|py|tf|md|sh|ya?ml)$|^\.ci\//.test(path) &&
  !path.startsWith('test/golden/upgrade/messages/') &&
  !path.startsWith('test/house/style');

const paths = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(isProse);
const sources = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** A list of hundreds is read as text; `deepEqual` would take minutes to compare it. */
const assertNone = (problems: readonly string[]): void => {
  assert.ok(problems.length === 0, `${problems.length} found:\n${problems.join('\n')}`);
};

const lines = (count: number): string =>
  `export const f = (): void => {\n${'  step();\n'.repeat(count - 2)}};\n`;
const at = (text: string, path = 'shared/planted.ts'): rules.Source => ({ path, text });

describe('the style of the house', () => {
  it('has no comment wider than 100 columns', () => {
    assertNone(sources.flatMap(rules.wideComments));
  });

  it('has no function longer than 70 lines', () => {
    assertNone(sources.flatMap(rules.longFunctions));
  });

  it('has no function with more than five parameters outside the boosting kernels', () => {
    assertNone(sources.flatMap(rules.longParameterLists));
  });

  it('has no folder with more than 25 source files', () => {
    assertNone(rules.fullFolders(paths));
  });

  it('has none of the banned words in code, comments, documents and test names', () => {
    assertNone(sources.flatMap(rules.bannedWords));
  });

  it('spells names of stored evidence and documents only in the room that owns them', () => {
    assertNone(sources.flatMap(rules.layoutLiterals));
  });
});

describe('the style rules', () => {
  it('report a comment of 101 columns, not one of 100', () => {
    assert.deepEqual(rules.wideComments(at(`// ${'x'.repeat(97)}\n`)), []);
    assert.deepEqual(rules.wideComments(at(`const a = 1;\n// ${'x'.repeat(98)}\n`)), [
      'shared/planted.ts:2: comment of 101 columns',
    ]);
    assert.deepEqual(rules.wideComments(at(`/**\n * ${'x'.repeat(98)}\n */\n`)), [
      'shared/planted.ts:2: comment of 101 columns',
    ]);
  });

  it('report a function of 71 lines, not one of 70', () => {
    assert.deepEqual(rules.longFunctions(at(lines(70))), []);
    assert.deepEqual(rules.longFunctions(at(lines(71))), [
      'shared/planted.ts:1: function of 71 lines',
    ]);
    assert.deepEqual(rules.longFunctions(at(lines(71), 'test/planted.test.ts')), []);
  });

  it('report a function of six parameters, not one of five, nor one in the boosting kernels', () => {
    const six = 'export function f(a = 1, b = 2, c = 3, d = 4, e = 5, g = 6): void {}\n';
    assert.deepEqual(rules.longParameterLists(at(six.replace(', g = 6', ''))), []);
    assert.deepEqual(rules.longParameterLists(at(six, 'shared/ranking/boosting/f.ts')), []);
    assert.deepEqual(rules.longParameterLists(at(six)), ['shared/planted.ts:1: 6 parameters']);
  });

  it('report a folder of 26 source files, not one of 25', () => {
    const files = Array.from({ length: 25 }, (_, index) => `shared/room/${index}.ts`);
    assert.deepEqual(rules.fullFolders([...files, 'shared/room/README.md']), []);
    assert.deepEqual(rules.fullFolders([...files, 'shared/room/25.ts']), [
      'shared/room: 26 source files',
    ]);
  });

  it('report a banned word in a comment, in an identifier and in a document', () => {
    assert.deepEqual(rules.bannedWords(at('// Nobody reads it.\n')), [
      'shared/planted.ts:1: "Nobody"',
    ]);
    assert.deepEqual(rules.bannedWords(at('const parkedMessages = [];\n')), [
      'shared/planted.ts:1: "parked"',
    ]);
    assert.deepEqual(rules.bannedWords(at('# Title\n\nwhatever happens\n', 'README.md')), [
      'README.md:3: "whatever"',
    ]);
    assert.deepEqual(rules.bannedWords(at('// An insight into the sparkling bodies.\n')), []);
  });

  it('report the name of an evidence file outside the room that owns it', () => {
    const source = "export const FILE = 'model_run.json';\n";
    assert.deepEqual(rules.layoutLiterals(at(source, 'shared/evidence/names.ts')), []);
    assert.match(
      rules.layoutLiterals(at(source)).join(),
      /^shared\/planted\.ts:1: 'model_run\.json'/,
    );
    const folder = ['export const file = (hash: string) => `rankings/', '{hash}.json`;\n'].join(
      '$',
    );
    assert.match(rules.layoutLiterals(at(folder)).join(), /^shared\/planted\.ts:1: 'rankings\/'/);
  });
});
