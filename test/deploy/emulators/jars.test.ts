import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findJars, javaOf } from '../../../deploy/emulators/jars.js';
import { FailureError } from '../../../shared/codec/failure.js';
import { temporaryFolder } from '../../support/cli.js';

const unreachable = (): string => {
  throw new Error('gcloud was asked without need');
};

const refusal = (sentence: RegExp) => (error: unknown) => {
  assert.ok(error instanceof FailureError);
  assert.equal(error.failure.code, 'configuration');
  assert.match(error.failure.message, sentence);
  return true;
};

describe('findJars', () => {
  const folder = temporaryFolder();
  const file = (...segments: readonly string[]): string => {
    const path = join(folder(), ...segments);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    return path;
  };
  const pubsubJar = (root: string, version: string): string =>
    file(root, 'platform/pubsub-emulator/lib', `cloud-pubsub-emulator-${version}-all.jar`);
  const firestoreJar = (root: string): string =>
    file(root, 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar');

  it('finds both jars below the root of the Google Cloud CLI, and takes the newest version', () => {
    pubsubJar('full', '0.8.9');
    const newest = pubsubJar('full', '0.8.20');
    pubsubJar('full', '0.8.3');
    file('full/platform/pubsub-emulator/lib/notes.txt');
    const firestore = firestoreJar('full');
    assert.deepEqual(
      findJars({}, () => join(folder(), 'full')),
      { pubsub: newest, firestore },
    );
  });

  it('takes the jars that the variables name without running gcloud', () => {
    const pubsub = file('own/pubsub.jar');
    const firestore = file('own/firestore.jar');
    const environment = { PUBSUB_EMULATOR_JAR: pubsub, FIRESTORE_EMULATOR_JAR: firestore };
    assert.deepEqual(findJars(environment, unreachable), { pubsub, firestore });
  });

  it('searches only for the jar that no variable names', () => {
    const pubsub = file('own/pubsub.jar');
    const firestore = firestoreJar('half');
    assert.deepEqual(
      findJars({ PUBSUB_EMULATOR_JAR: pubsub }, () => join(folder(), 'half')),
      { pubsub, firestore },
    );
  });

  it('names the missing component and how to install it', () => {
    pubsubJar('no-firestore', '1.0.0');
    assert.throws(
      () => findJars({}, () => join(folder(), 'no-firestore')),
      refusal(
        /^There is no cloud-firestore-emulator in .*no-firestore: run gcloud components install cloud-firestore-emulator, or set FIRESTORE_EMULATOR_JAR to its jar\.$/,
      ),
    );
  });

  it('names the variable whose file does not exist', () => {
    assert.throws(
      () => findJars({ PUBSUB_EMULATOR_JAR: '/nowhere/a.jar' }, unreachable),
      refusal(/^PUBSUB_EMULATOR_JAR: expected the path of a jar, got \/nowhere\/a\.jar, /),
    );
  });

  const withPath = (folderOfGcloud: string, sentence: RegExp): void => {
    const path = process.env.PATH;
    process.env.PATH = folderOfGcloud;
    try {
      assert.throws(() => findJars({}), refusal(sentence));
    } finally {
      process.env.PATH = path;
    }
  };

  it('says what to do if gcloud is not installed', () =>
    withPath(
      folder(),
      /gcloud is not on the PATH: install it, or set PUBSUB_EMULATOR_JAR and FIRESTORE/,
    ));

  it('says what to do if gcloud fails', () => {
    const gcloud = file('broken/gcloud');
    writeFileSync(gcloud, '#!/bin/sh\nexit 1\n');
    chmodSync(gcloud, 0o755);
    withPath(
      dirname(gcloud),
      /gcloud did not report its installation folder: repair it, or set PUBSUB_EMULATOR_JAR and/,
    );
  });
});

describe('javaOf', () => {
  it('prefers JAVA_HOME to the PATH', () => {
    assert.equal(javaOf({}), 'java');
    assert.equal(javaOf({ JAVA_HOME: '' }), 'java');
    assert.equal(javaOf({ JAVA_HOME: '/opt/jdk' }), '/opt/jdk/bin/java');
  });
});
