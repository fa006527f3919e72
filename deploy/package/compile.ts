import ts from 'typescript';
import { packagingError } from './packaging-error.js';

/** Turns the text of one source file into that of its module. */
export type Compile = (file: string, text: string) => string;

const sentenceOf = (diagnostic: ts.Diagnostic): string =>
  ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');

const fail = (file: string, [first]: readonly ts.Diagnostic[]): void => {
  if (first !== undefined) throw packagingError(`${file}: ${sentenceOf(first)}`);
};

/**
 * The compiler under the options of a `tsconfig.json`, one file at a time. Its output depends on
 * nothing but the file: not on the folder, and not on what an earlier build has left behind. Types
 * are not checked; that is the build's part.
 */
export const compilerOf = (configFile: string, configText: string): Compile => {
  const parsed = ts.parseConfigFileTextToJson(configFile, configText);
  fail(configFile, parsed.error === undefined ? [] : [parsed.error]);
  const { options, errors } = ts.convertCompilerOptionsFromJson(
    parsed.config.compilerOptions,
    '.',
    configFile,
  );
  fail(configFile, errors);
  const compilerOptions: ts.CompilerOptions = {
    ...options,
    // All modules are ES modules; without files around it the compiler could not know.
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    newLine: ts.NewLineKind.LineFeed,
    declaration: false,
    sourceMap: false,
  };
  return (file, text) => {
    const { outputText, diagnostics = [] } = ts.transpileModule(text, {
      compilerOptions,
      fileName: file,
      reportDiagnostics: true,
    });
    fail(file, diagnostics);
    return outputText;
  };
};
