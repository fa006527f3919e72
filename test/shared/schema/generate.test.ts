import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generatedFiles } from '../../../shared/schema/generate.js';
import { topics } from '../../../shared/topology.js';
import { ajv } from './validators.js';

const folder = resolve(import.meta.dirname, '../../../shared/schema');
const files = generatedFiles();
const schemas = files.filter(({ path }) => path.endsWith('.schema.json'));

const committed = (): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.json'));

const words = (text: string): readonly string[] => text.split(' ');

/** Keywords with one meaning in drafts 7 to 2020-12, by what stands in them. */
const KEYWORDS = {
  values: words(
    '$schema $id $ref title description type const enum pattern minimum maximum required',
  ),
  schemas: words('items propertyNames additionalProperties if then'),
  several: words('properties $defs anyOf allOf'),
};

const strangeKeywords = (schema: unknown): readonly string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([keyword, value]) => {
        if (KEYWORDS.values.includes(keyword)) return [];
        if (KEYWORDS.schemas.includes(keyword)) return strangeKeywords(value);
        return KEYWORDS.several.includes(keyword)
          ? Object.values(value).flatMap(strangeKeywords)
          : [keyword];
      });

const REPAIR = 'run: npm run generate';

describe('The generated schemas', () => {
  it('are the committed ones, and there are no others', () => {
    assert.deepEqual([...committed()].sort(), files.map(({ path }) => path).sort(), REPAIR);
  });

  for (const { path, text } of files) {
    it(`${path} is committed as it is generated`, () => {
      assert.equal(readFileSync(join(folder, path), 'utf8'), text, REPAIR);
    });
  }

  it('are the same when they are generated again', () => {
    assert.deepEqual(generatedFiles(), files);
  });

  it('are one per artifact, document, message and set of attributes', () => {
    assert.deepEqual(schemas.map(({ path }) => path.replace('.schema.json', '')).sort(), [
      'artifacts/artifact_manifest',
      'artifacts/latest_ranking.row',
      'artifacts/latest_universe',
      'artifacts/live_pool',
      'artifacts/live_pool_legacy',
      'artifacts/release_manifest',
      'documents/firestore_document',
      ...[
        ...topics,
        ...topics.filter((topic) => topic !== 'reconcile-requested').map((t) => `${t}.attributes`),
        'run-request',
      ]
        .map((name) => `messages/${name}`)
        .sort(),
    ]);
  });

  for (const { path, text } of schemas) {
    it(`${path} is a sound schema of draft 2020-12 under a name of its own`, () => {
      const schema = JSON.parse(text);
      const name = path.replace(/^.*\//, '').replace('.schema.json', '');
      assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
      assert.equal(schema.$id, `urn:crypto-live-pool-pipelines:schema:${name}:1`);
      assert.ok(schema.title && schema.description);
      // Tools for AsyncAPI read them as draft 7.
      assert.deepEqual(strangeKeywords(schema), []);
      const validator = ajv();
      assert.equal(validator.validateSchema(schema), true);
      validator.compile(schema);
    });
  }
});
