import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { packagingError } from './packaging-error.js';

/** The modules that a compiled module loads, by the specifiers in its text. */
export interface References {
  /** Modules of this package: imported now or later, or started as a worker. */
  readonly modules: readonly string[];
  /** The names of other packages: `csv-parse` for `csv-parse/sync`. */
  readonly packages: readonly string[];
}

const isImportMetaUrl = (node: ts.Node | undefined): boolean =>
  node !== undefined &&
  ts.isPropertyAccessExpression(node) &&
  ts.isMetaProperty(node.expression) &&
  node.name.text === 'url';

/**
 * The place where a node names a module: `from '…'`, `import(…)` or `new URL(…, import.meta.url)`.
 */
const namingIn = (node: ts.Node): ts.Node | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  if (ts.isNewExpression(node) && isImportMetaUrl(node.arguments?.[1])) return node.arguments?.[0];
  return undefined;
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Finds the modules that a compiled ES module loads. A computed specifier is an error. */
export const referencesIn = (file: string, text: string): References => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const named = new Set<string>();
  const visit = (node: ts.Node): void => {
    const naming = namingIn(node);
    if (naming !== undefined && !ts.isStringLiteralLike(naming))
      throw packagingError(
        `${file}: expected the name of a module, got ${naming.getText()}. A module with a ` +
          'computed name cannot be found, and would be missing from the archive.',
      );
    if (naming !== undefined) named.add(naming.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const isOurs = (name: string): boolean => name.startsWith('.');
  const names = [...named];
  return {
    modules: names.filter(isOurs),
    packages: names.filter((name) => !isOurs(name) && !isBuiltin(name)).map(packageOf),
  };
};
