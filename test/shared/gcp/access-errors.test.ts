import assert from 'node:assert/strict';
import { type Failure, permanent, unavailable } from '../../../shared/codec/failure.js';
import { explainAccessError } from '../../../shared/gcp/access-errors.js';

const place = { project: 'some-project', bucket: 'some-bucket' };

/** An error as Google's clients throw them. */
const thrown = (message: string, facts: Readonly<Record<string, unknown>> = {}): Error =>
  Object.assign(new Error(message), facts);

const explained = (cause: unknown): Failure =>
  explainAccessError(unavailable('read document a/b')(cause), place);

describe('access errors of Google, as explained to an operator', () => {
  for (const cause of [
    thrown('Could not load the default credentials. Browse to https://… for more information.'),
    thrown('The file at /tmp/lost.json does not exist, or it is not a file. ENOENT'),
    thrown('invalid_grant', { code: '400' }),
    thrown('Request had invalid authentication credentials.', { code: 16 }),
    thrown('Anonymous caller does not have storage.objects.list access', { code: 401 }),
  ])
    it(`advises to log in after ${cause.message.slice(0, 40)}`, () => {
      const { kind, code, message } = explained(cause);
      assert.deepEqual([kind, code], ['permanent', 'configuration']);
      assert.match(message, /Run: gcloud auth application-default login$/);
    });

  for (const facts of [{ code: 7 }, { code: 403 }, { status: 403 }])
    it(`names the denied permission and the resource after ${JSON.stringify(facts)}`, () => {
      const { code, message } = explained(thrown('PERMISSION_DENIED\nand a stack', facts));
      assert.equal(code, 'configuration');
      assert.equal(
        message,
        "Could not read document a/b: these credentials have no permission for this in project some-project and bucket some-bucket, or the project does not exist. Request an operator's roles, or check --project and --bucket. Google says: PERMISSION_DENIED",
      );
    });

  for (const facts of [{ code: 5 }, { code: 404 }])
    it(`says that it is not deployed after ${JSON.stringify(facts)}`, () => {
      const { code, message } = explained(thrown('x'.repeat(300), facts));
      assert.equal(code, 'configuration');
      assert.match(message, /not a complete deployment.*Google says: x{200}…$/);
    });

  it('does not explain transient errors and errors of other origin', () => {
    for (const cause of [thrown('UNAVAILABLE', { code: 14 }), thrown('ENOTFOUND'), 'a text'])
      assert.equal(explained(cause).code, 'unavailable');
    const stale = permanent('stale', 'It is too old.');
    assert.equal(explainAccessError(stale, place), stale);
  });
});
