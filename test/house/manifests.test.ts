import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

const declaredIn = (folder: string): readonly (readonly [string, unknown])[] => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  return Object.entries({ ...dependencies, ...devDependencies });
};

describe('the manifests', () => {
  it('name one version of each dependency, so that it is installed once', () => {
    const declared = ['.', 'functions', 'deploy/cli'].flatMap(declaredIn);
    const versions = new Map(declared);
    assert.deepEqual(
      declared.filter(([name, version]) => versions.get(name) !== version),
      [],
    );
  });

  it('override cloudevents, of which the functions framework uses types alone', () => {
    const built = join(root, 'node_modules/@google-cloud/functions-framework/build/src');
    const modules = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    );
    assert.ok(modules.length > 10);
    const loading = modules.filter((file) =>
      /(require|import)\(['"]cloudevents|from ['"]cloudevents/.test(
        readFileSync(join(built, file), 'utf8'),
      ),
    );
    assert.deepEqual(loading, []);
  });
});
