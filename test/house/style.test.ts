import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'mocha';
import ts from 'typescript';

/** One file of the repository; `path` is relative to its root. */
interface Source {
  readonly path: string;
  readonly text: string;
}

const MAX_COLUMNS = 100;
const MAX_FUNCTION_LINES = 70;
const MAX_PARAMETERS = 5;
const MAX_FILES_PER_FOLDER = 25;

const isTypeScript = (path: string): boolean => /\.[mc]?ts$/.test(path);
const isProduct = (path: string): boolean => /^(functions|shared|deploy)\//.test(path);

/** Every node of a file with the file, in the order of the text. */
const nodesOf = ({ path, text }: Source): readonly (readonly [ts.Node, ts.SourceFile])[] => {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes: (readonly [ts.Node, ts.SourceFile])[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push([node, file]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return nodes;
};

/** Lines counted from 1, both ends included. */
const linesOf = (node: ts.Node, file: ts.SourceFile): { first: number; count: number } => {
  const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line;
  const last = file.getLineAndCharacterOfPosition(node.getEnd()).line;
  return { first: first + 1, count: last - first + 1 };
};

/** Reading a comment that is wider than the code makes readers scroll. */
const wideComments = ({ path, text }: Source): readonly string[] =>
  isTypeScript(path)
    ? text
        .split('\n')
        .flatMap((line, index) =>
          /^\s*(\/\/|\/?\*(?!\*\w))|\s\/\/ /.test(line) &&
          line.length > MAX_COLUMNS &&
          !line.includes('://')
            ? [`${path}:${index + 1}: comment of ${line.length} columns`]
            : [],
        )
    : [];

/** A function that fits on a screen can be judged in one look. */
const longFunctions = (source: Source): readonly string[] => {
  if (!isTypeScript(source.path) || !isProduct(source.path)) return [];
  return nodesOf(source).flatMap(([node, file]) => {
    if (!ts.isFunctionLike(node)) return [];
    const { first, count } = linesOf(node, file);
    return count > MAX_FUNCTION_LINES
      ? [`${source.path}:${first}: function of ${count} lines`]
      : [];
  });
};

/** Arguments in a long row are easily swapped. The boosting kernels have the reference's. */
const longParameterLists = (source: Source): readonly string[] => {
  const { path } = source;
  if (!isTypeScript(path) || !isProduct(path) || path.startsWith('shared/ranking/boosting/'))
    return [];
  return nodesOf(source).flatMap(([node, file]) =>
    ts.isFunctionLike(node) && node.parameters.length > MAX_PARAMETERS
      ? [`${path}:${linesOf(node, file).first}: ${node.parameters.length} parameters`]
      : [],
  );
};

/** A folder that is longer than a screen has no order that a newcomer can see. */
const fullFolders = (paths: readonly string[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const path of paths)
    if (isProduct(path) && /\.([mc]?[tj]s|py|tf)$/.test(path))
      counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) =>
    count > MAX_FILES_PER_FOLDER ? [`${folder}: ${count} source files`] : [],
  );
};

/** Words without an actor, and private words for what the field has a term for. */
const BANNED =
  /\b(nobody|somebody|anybody|everybody|whoever|whatever|wherever|park(s|ed|ing)?|errands?|desks?|sight|misfortunes?|those (of|that))\b/gi;

/** `parkedMessage` and `parked_message` hold a banned word as "parked message" does. */
const words = (line: string): string =>
  line.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' ');

const bannedWords = ({ path, text }: Source): readonly string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      [...words(line).matchAll(BANNED)].map(([word]) => `${path}:${index + 1}: "${word}"`),
    );

/** Names of what is stored, each with the room that owns it; other rooms import them from there. */
const LAYOUT: readonly (readonly [RegExp, RegExp])[] = [
  [/^(.*\/)?(model_run|explanation|restatement)\.json$/, /^shared\/evidence\//],
  [/^(.*\/)?(acceptance|data-quality|rankings)\/$/, /^shared\/evidence\//],
  [/^live_pool_(ledger|runs|snapshots|control)$/, /^shared\/document-paths\.ts$/],
];

const layoutLiterals = (source: Source): readonly string[] => {
  if (!isTypeScript(source.path) || !isProduct(source.path)) return [];
  return nodesOf(source).flatMap(([node, file]) =>
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
      ? LAYOUT.filter(([name, owner]) => name.test(node.text) && !owner.test(source.path)).map(
          ([, owner]) =>
            `${source.path}:${linesOf(node, file).first}: '${node.text}' belongs to ${owner.source}`,
        )
      : [],
  );
};

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
const at = (text: string, path = 'shared/planted.ts'): Source => ({ path, text });

describe('the style of the house', () => {
  it('has no comment wider than 100 columns', () => {
    assertNone(sources.flatMap(wideComments));
  });

  it('has no function longer than 70 lines', () => {
    assertNone(sources.flatMap(longFunctions));
  });

  it('has no function with more than five parameters outside the boosting kernels', () => {
    assertNone(sources.flatMap(longParameterLists));
  });

  it('has no folder with more than 25 source files', () => {
    assertNone(fullFolders(paths));
  });

  it('has none of the banned words in code, comments, documents and test names', () => {
    assertNone(sources.flatMap(bannedWords));
  });

  it('spells names of stored evidence and documents only in the room that owns them', () => {
    assertNone(sources.flatMap(layoutLiterals));
  });
});

describe('the style rules', () => {
  it('report a comment of 101 columns, not one of 100', () => {
    assert.deepEqual(wideComments(at(`// ${'x'.repeat(97)}\n`)), []);
    assert.deepEqual(wideComments(at(`const a = 1;\n// ${'x'.repeat(98)}\n`)), [
      'shared/planted.ts:2: comment of 101 columns',
    ]);
    assert.deepEqual(wideComments(at(`/**\n * ${'x'.repeat(98)}\n */\n`)), [
      'shared/planted.ts:2: comment of 101 columns',
    ]);
  });

  it('report a function of 71 lines, not one of 70', () => {
    assert.deepEqual(longFunctions(at(lines(70))), []);
    assert.deepEqual(longFunctions(at(lines(71))), ['shared/planted.ts:1: function of 71 lines']);
    assert.deepEqual(longFunctions(at(lines(71), 'test/planted.test.ts')), []);
  });

  it('report a function of six parameters, not one of five, nor one in the boosting kernels', () => {
    const six = 'export function f(a = 1, b = 2, c = 3, d = 4, e = 5, g = 6): void {}\n';
    assert.deepEqual(longParameterLists(at(six.replace(', g = 6', ''))), []);
    assert.deepEqual(longParameterLists(at(six, 'shared/ranking/boosting/f.ts')), []);
    assert.deepEqual(longParameterLists(at(six)), ['shared/planted.ts:1: 6 parameters']);
  });

  it('report a folder of 26 source files, not one of 25', () => {
    const files = Array.from({ length: 25 }, (_, index) => `shared/room/${index}.ts`);
    assert.deepEqual(fullFolders([...files, 'shared/room/README.md']), []);
    assert.deepEqual(fullFolders([...files, 'shared/room/25.ts']), [
      'shared/room: 26 source files',
    ]);
  });

  it('report a banned word in a comment, in an identifier and in a document', () => {
    assert.deepEqual(bannedWords(at('// Nobody reads it.\n')), ['shared/planted.ts:1: "Nobody"']);
    assert.deepEqual(bannedWords(at('const parkedMessages = [];\n')), [
      'shared/planted.ts:1: "parked"',
    ]);
    assert.deepEqual(bannedWords(at('# Title\n\nwhatever happens\n', 'README.md')), [
      'README.md:3: "whatever"',
    ]);
    assert.deepEqual(bannedWords(at('// An insight into the sparkling bodies.\n')), []);
  });

  it('report the name of an evidence file outside the room that owns it', () => {
    const source = "export const FILE = 'model_run.json';\n";
    assert.deepEqual(layoutLiterals(at(source, 'shared/evidence/names.ts')), []);
    assert.match(layoutLiterals(at(source)).join(), /^shared\/planted\.ts:1: 'model_run\.json'/);
    const folder = ['export const file = (hash: string) => `rankings/', '{hash}.json`;\n'].join(
      '$',
    );
    assert.match(layoutLiterals(at(folder)).join(), /^shared\/planted\.ts:1: 'rankings\/'/);
  });
});
