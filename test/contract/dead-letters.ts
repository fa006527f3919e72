import assert from 'node:assert/strict';
import type { DeadLetters } from '../../shared/ports/dead-letters.js';
import type { Attributes } from '../../shared/ports/publisher.js';
import type { FunctionName } from '../../shared/topology.js';
import { done, type Opened, openedForEach } from './store-under-test.js';

/** The functions whose dead-letter topics must be there. */
export const FUNCTIONS = ['promote', 'reconcile'] as const;

export interface DeadLettersUnderTest {
  readonly deadLetters: DeadLetters;
  /** Dead-letters a message; answers with its id once it can be seen. */
  readonly deadLetter: (
    name: FunctionName,
    data: string,
    attributes: Attributes,
  ) => Promise<string>;
}

/** What every store of dead letters must do, run against one adapter. */
export const describeDeadLetters = (
  name: string,
  make: () => Promise<Opened<DeadLettersUnderTest>>,
): void => {
  describe(`the dead letters ${name}`, () => {
    const opened = openedForEach(make);
    const deadLetter = (of: FunctionName, data: string, attributes: Attributes = {}) =>
      opened().store.deadLetter(of, data, attributes);
    const list = (...functions: FunctionName[]) => done(opened().store.deadLetters.list(functions));
    const discard = (of: FunctionName, id: string) =>
      done(opened().store.deadLetters.discard(of, id));
    const texts = async (...functions: FunctionName[]): Promise<readonly string[]> =>
      (await list(...functions)).map(({ data }) => new TextDecoder().decode(data));

    it('lists nothing where nothing is', async () => {
      assert.deepEqual(await list(...FUNCTIONS), []);
      assert.deepEqual(await done(opened().store.deadLetters.peek(FUNCTIONS)), []);
    });

    it('shows data, attributes, function and time of a dead letter', async () => {
      const attributes = { dead_letter_code: 'stale', dead_letter_reason: 'ünïcödé 币' };
      const id = await deadLetter('promote', '{"a":1}', attributes);
      const [letter, ...more] = await list('promote');
      assert.deepEqual(more, []);
      assert.deepEqual(
        { ...letter, data: new TextDecoder().decode(letter?.data), deadLetteredAt: undefined },
        { function: 'promote', id, data: '{"a":1}', attributes, deadLetteredAt: undefined },
      );
      assert.match(letter?.deadLetteredAt ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    });

    it('lists what it has listed again, and keeps functions apart', async () => {
      await deadLetter('promote', 'one');
      await deadLetter('promote', 'two');
      await deadLetter('reconcile', 'three');
      for (const _ of [1, 2])
        assert.deepEqual([...(await texts('promote'))].sort(), ['one', 'two']);
      assert.deepEqual(await texts('reconcile'), ['three']);
      assert.equal((await list(...FUNCTIONS)).length, 3);
    });

    it('discards one and no other, once', async () => {
      const id = await deadLetter('promote', 'one');
      await deadLetter('promote', 'two');
      assert.equal(await discard('reconcile', id), 'absent');
      assert.equal(await discard('promote', id), 'discarded');
      assert.deepEqual(await texts('promote'), ['two']);
      assert.equal(await discard('promote', id), 'absent');
    });
  });
};
