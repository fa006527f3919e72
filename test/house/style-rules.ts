import { dirname } from 'node:path';
import ts from 'typescript';

/** One file of the repository; `path` is relative to its root. */
export interface Source {
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
export const wideComments = ({ path, text }: Source): readonly string[] =>
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
export const longFunctions = (source: Source): readonly string[] => {
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
export const longParameterLists = (source: Source): readonly string[] => {
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
export const fullFolders = (paths: readonly string[]): readonly string[] => {
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

export const bannedWords = ({ path, text }: Source): readonly string[] =>
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

export const layoutLiterals = (source: Source): readonly string[] => {
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
