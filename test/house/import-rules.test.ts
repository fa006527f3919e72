import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { describe, it } from 'mocha';

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as Pick<
  IFlattenedRuleSet,
  'forbidden'
>;

/** The rules that a house of these files breaks. */
const violations = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const house = await mkdtemp(join(tmpdir(), 'import-rules-'));
  try {
    for (const [path, source] of Object.entries(files)) {
      await mkdir(join(house, dirname(path)), { recursive: true });
      await writeFile(join(house, path), source);
    }
    const rooms = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
    const { output } = await cruise(
      rooms.filter((room) => room !== 'node_modules'),
      {
        baseDir: house,
        validate: true,
        tsPreCompilationDeps: true,
        ruleSet: { forbidden: forbidden ?? [] },
      },
    );
    const { summary } = output as ICruiseResult;
    return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  } finally {
    await rm(house, { recursive: true });
  }
};

describe('the import rules', () => {
  it('accept an import from a higher floor to a lower one, and one within a floor', async () => {
    assert.deepEqual(
      await violations({
        'shared/contract/limits.ts': "import '../codec/hash.js';\nimport './days.js';\n",
        'shared/contract/days.ts': 'export {};\n',
        'shared/codec/hash.ts': 'export {};\n',
      }),
      [],
    );
  });

  it('reject an import from a lower floor to a higher one', async () => {
    assert.deepEqual(
      await violations({
        'shared/codec/hash.ts': "import '../contract/limits.js';\n",
        'shared/contract/limits.ts': 'export {};\n',
      }),
      ['no-import-up-to-floor-2: shared/codec/hash.ts → shared/contract/limits.ts'],
    );
  });

  it('reject an import of a type from a higher floor', async () => {
    assert.deepEqual(
      await violations({
        'deploy/cli/target/open.ts':
          "import type { Run } from '../commands/run.js';\nexport type Open = Run;\n",
        'deploy/cli/commands/run.ts': 'export type Run = string;\n',
      }),
      ['no-import-up-to-floor-19: deploy/cli/target/open.ts → deploy/cli/commands/run.ts'],
    );
  });

  it('reject a product file that has no floor', async () => {
    assert.deepEqual(
      await violations({
        'shared/attic/box.ts': "import '../codec/hash.js';\n",
        'shared/codec/hash.ts': 'export {};\n',
      }),
      ['every-file-has-a-floor: shared/attic/box.ts → shared/codec/hash.ts'],
    );
  });

  it('reject a dependency that a package reaches through shared and does not declare', async () => {
    assert.deepEqual(
      await violations({
        'functions/rank/step.ts': "import '../../shared/codec/hash.js';\n",
        'shared/codec/hash.ts': "import 'undeclared';\n",
        'node_modules/undeclared/package.json': '{ "main": "index.js" }\n',
        'node_modules/undeclared/index.js': '',
      }),
      [
        'functions-declares-what-it-reaches: functions/rank/step.ts → node_modules/undeclared/index.js',
        'shared-uses-what-a-package-declares: shared/codec/hash.ts → node_modules/undeclared/index.js',
      ],
    );
  });

  it('reject a dependency that only the root declares, in a package with a manifest', async () => {
    assert.deepEqual(
      await violations({
        'package.json': '{ "devDependencies": { "commander": "1" } }\n',
        'functions/package.json': '{ "dependencies": {} }\n',
        'functions/rank/step.ts': "import 'commander';\n",
        'node_modules/commander/package.json': '{ "main": "index.js" }\n',
        'node_modules/commander/index.js': '',
      }),
      [
        'declared-dependencies: functions/rank/step.ts → node_modules/commander/index.js',
        'functions-declares-what-it-reaches: functions/rank/step.ts → node_modules/commander/index.js',
      ],
    );
  });
});
