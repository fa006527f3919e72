import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../shared/codec/failure.js';
import { CONTRACT } from '../../../shared/contract/constants.js';
import { type CloudEnv, cloudConfig, cloudVariables } from '../../../shared/gcp/config.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const REVISION = '0123456789abcdef0123456789abcdef01234567';
const REQUIRED = {
  GOOGLE_CLOUD_PROJECT: 'some-project',
  BUCKET: 'some-bucket',
  SOURCE_REVISION: REVISION,
};

const refusal = (env: CloudEnv): Failure => {
  const decoded = cloudConfig(env);
  assert.ok(E.isLeft(decoded), 'it was accepted');
  return decoded.left;
};

const violations = (env: CloudEnv): readonly string[] => {
  const { message } = refusal(env);
  const beginning = "The function's environment variables are unusable. ";
  assert.ok(message.startsWith(beginning), message);
  return message.slice(beginning.length, -1).split('; ');
};

describe('The cloud configuration', () => {
  it("has the contract's defaults if only the required variables are set", () => {
    assert.deepEqual(getOrThrow(cloudConfig(REQUIRED)), {
      project: 'some-project',
      firestoreDatabase: '(default)',
      marketDataSource: 'binance',
      binanceUrl: 'https://api.binance.com',
      pipeline: {
        bucket: 'some-bucket',
        rootPrefix: 'crypto-live-pool-pipelines',
        sourceProject: 'crypto-live-pool-pipelines',
        contract: CONTRACT,
        defaultMode: 'core_major',
        poolSize: 5,
        readers: { mode: 'core_major', poolSize: 5 },
        maxAgeDays: 45,
        firestoreCollection: 'strategy',
        firestoreDocument: 'CRYPTO_LIVE_POOL_ROTATION_LIVE_POOL',
        selectionMeta: false,
        actor: 'projects/some-project',
        sourceRevision: REVISION,
      },
    });
  });

  it('takes every optional variable', () => {
    const { pipeline, ...rest } = getOrThrow(
      cloudConfig({
        ...REQUIRED,
        ROOT_PREFIX: 'staging/pool',
        SOURCE_PROJECT: 'a project',
        MODE: 'wide',
        POOL_SIZE: '7',
        MAX_AGE_DAYS: '30',
        FIRESTORE_DATABASE: 'pool-db',
        FIRESTORE_COLLECTION: 'pools',
        FIRESTORE_DOCUMENT: 'LIVE',
        SELECTION_META: 'true',
        MARKET_DATA_SOURCE: 'demo',
        BINANCE_URL: 'http://127.0.0.1:8080',
        ACTOR: 'promote@some-project.iam.gserviceaccount.com',
      }),
    );
    assert.deepEqual(rest, {
      project: 'some-project',
      firestoreDatabase: 'pool-db',
      marketDataSource: 'demo',
      binanceUrl: 'http://127.0.0.1:8080',
    });
    assert.deepEqual(pipeline, {
      bucket: 'some-bucket',
      rootPrefix: 'staging/pool',
      sourceProject: 'a project',
      contract: CONTRACT,
      defaultMode: 'wide',
      poolSize: 7,
      readers: { mode: 'wide', poolSize: 7 },
      maxAgeDays: 30,
      firestoreCollection: 'pools',
      firestoreDocument: 'LIVE',
      selectionMeta: true,
      actor: 'promote@some-project.iam.gserviceaccount.com',
      sourceRevision: REVISION,
    });
  });

  it('names the Cloud Run service as the actor if no actor is set', () => {
    const { pipeline } = getOrThrow(cloudConfig({ ...REQUIRED, K_SERVICE: 'promote' }));
    assert.equal(pipeline.actor, 'projects/some-project/services/promote');
  });

  it('treats an empty variable as absent', () => {
    const empty = Object.fromEntries(cloudVariables.map(({ name }) => [name, '']));
    assert.deepEqual(cloudConfig({ ...empty, ...REQUIRED, K_SERVICE: '' }), cloudConfig(REQUIRED));
    assert.deepEqual(violations(empty), violations({}));
  });

  it('lists everything that is wrong in one failure', () => {
    const { kind, code } = refusal({});
    assert.deepEqual([kind, code], ['permanent', 'configuration']);
    assert.deepEqual(
      violations({ BUCKET: 'gs://some-bucket', POOL_SIZE: 'five', MARKET_DATA_SOURCE: 'csv' }),
      [
        'GOOGLE_CLOUD_PROJECT: expected ProjectId (the id of a project, not its number), got nothing',
        'BUCKET: expected BucketName (the name of a bucket, without gs://), got "gs://some-bucket"',
        'SOURCE_REVISION: expected Revision (a commit of 40 lower-case hexadecimal digits), got nothing',
        'POOL_SIZE: expected Count (a whole number from 1 to 9999), got "five"',
        'MARKET_DATA_SOURCE: expected "binance" | "demo", got "csv"',
      ],
    );
  });

  it('shows at most 80 characters of a value', () => {
    const [sentence = ''] = violations({ ...REQUIRED, BUCKET: 'B'.repeat(500) });
    assert.match(sentence, /, got "B{79}…$/);
  });

  const unusable: Readonly<Record<string, readonly string[]>> = {
    GOOGLE_CLOUD_PROJECT: ['123456789', 'Some-Project', 'p'],
    BUCKET: ['-bucket', 'a/b', 'Bucket'],
    SOURCE_REVISION: ['main', REVISION.toUpperCase().replace('0', 'F'), REVISION.slice(1)],
    ROOT_PREFIX: ['/pool', 'pool/', 'a//b', '../pool', 'a b'],
    SOURCE_PROJECT: ['  '],
    BINANCE_URL: ['api.binance.com', 'ftp://api.binance.com', 'https://api.binance.com/api'],
    MODE: ['Core', '1st', 'a-b'],
    POOL_SIZE: ['0', '-1', '5.0', '1e1', '10000'],
    MAX_AGE_DAYS: ['0', '45 days'],
    FIRESTORE_DATABASE: ['Pool', 'db', '(other)'],
    FIRESTORE_COLLECTION: ['a/b', '..', '__pools__'],
    FIRESTORE_DOCUMENT: ['a/b', '.', 'a b', '100%'],
    SELECTION_META: ['yes', 'TRUE', '1'],
    MARKET_DATA_SOURCE: ['Binance', 'toString'],
    ACTOR: [' '],
  };

  it('has a rejected value in this table for every variable', () => {
    assert.deepEqual(Object.keys(unusable).sort(), cloudVariables.map(({ name }) => name).sort());
  });

  for (const [name, values] of Object.entries(unusable))
    for (const value of values)
      it(`refuses ${name}=${value}`, () => {
        const all = violations({ ...REQUIRED, [name]: value });
        assert.equal(all.length, 1);
        assert.ok(all[0]?.startsWith(`${name}: expected `), all[0]);
      });
});

describe('The table of variables', () => {
  it('requires exactly the variables without which the configuration fails', () => {
    const demanded = violations({}).map((sentence) => sentence.split(':')[0]);
    assert.deepEqual(
      cloudVariables.filter(({ required }) => required).map(({ name }) => name),
      demanded,
    );
  });

  it('is the one in the README', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../shared/gcp/README.md'), 'utf8');
    const rows = readme
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter(([, name = '']) => /^`[A-Z_]+`$/.test(name))
      .map(([, name = '', required, meaning]) => ({
        name: name.slice(1, -1),
        required: required === 'yes',
        meaning,
      }));
    assert.deepEqual(rows, cloudVariables);
  });
});
