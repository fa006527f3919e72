import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

describe('The examples in the client’s README', () => {
  for (const [file, language] of [
    ['consumer.ts', 'ts'],
    ['consumer.py', 'python'],
  ] as const)
    it(`are the files that are tested, of at most 30 lines: ${file}`, () => {
      const example = read(`test/emulator/consumers/${file}`);
      assert.ok(example.trimEnd().split('\n').length <= 30);
      assert.ok(read('shared/client/README.md').includes(`\`\`\`${language}\n${example}\`\`\`\n`));
    });
});
