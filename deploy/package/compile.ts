import ts from 'typescript';
import { packagingError } from './packaging-error.js';

/** Compiles the text of one source file to the text of its module. */
export type Compile = (file: string, text: string) => string;

const sentenceOf = (diagnostic: ts.Diagnostic): string =>
  ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');

const fail = (file: string, [first]: readonly ts.Diagnostic[]): void => {
  if (first !== undefined) throw packagingError(`${file}: ${sentenceOf(first)}`);
};

/**
 * Compiles one file at a time with the options of a `tsconfig.json`. The output depends on the file
 * alone, not on the folder or on an earlier build. Types are checked by the build, not here.
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
    // All modules are ES modules; the compiler cannot detect that from a single file.
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
