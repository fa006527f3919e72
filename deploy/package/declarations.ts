import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A compiled declaration file, and every one that it imports from the same project. */
export const declarationsFrom = (entry: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles)
      if (fileName.startsWith('.')) visit(join(dirname(file), fileName).replace(/\.js$/, '.d.ts'));
  };
  visit(entry);
  return found;
};
