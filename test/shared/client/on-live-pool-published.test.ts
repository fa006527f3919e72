import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileSequence } from '../../../shared/client/index.js';
import { temporaryFolder } from '../../support/cli.js';
import { february, listening, march, published, uriOf } from './published-releases.js';

const MANIFEST = uriOf(march, 'artifact_manifest.json');

describe('onLivePoolPublished', () => {
  const folder = temporaryFolder();

  it('passes verified data to the handler: the event, the pool in its order, every byte', async () => {
    const { deliver, handled, answers } = listening();
    assert.deepEqual(await deliver(published(march, 1)), {
      messageId: 'message-1',
      outcome: 'handled',
      promotionSeq: 1,
    });
    const [publication] = handled;
    assert.equal(publication?.event.payload.version, '2026-03-13-core_major');
    assert.deepEqual(publication?.symbols, march.livePool.symbols);
    assert.deepEqual(Object.keys(publication?.symbol_map ?? {}), march.livePool.symbols);
    assert.deepEqual(publication?.artifacts.latest_ranking, march.files['latest_ranking.csv']);
    assert.deepEqual(answers, ['ack']);
  });

  it('drops duplicates and late messages, and continues', async () => {
    const { deliver, handled, answers } = listening();
    await deliver(published(february, 2));
    const outcomes = [];
    for (const [release, seq] of [
      [february, 2],
      [march, 1],
      [march, 4],
      [february, 3],
    ] as const)
      outcomes.push((await deliver(published(release, seq)))?.outcome);
    assert.deepEqual(outcomes, ['dropped', 'dropped', 'handled', 'dropped']);
    assert.deepEqual(
      handled.map(({ event }) => event.payload.promotion_seq),
      [2, 4],
    );
    assert.deepEqual(answers, ['ack', 'ack', 'ack', 'ack', 'ack']);
  });

  it('handles concurrent messages one after the other', async () => {
    const { deliver, handled, handle } = listening();
    let busy = 0;
    handle(async () => {
      busy += 1;
      assert.equal(busy, 1);
      for (let turn = 0; turn < 20; turn += 1) await undefined;
      busy -= 1;
    });
    await Promise.all(
      [published(february, 1), published(march, 2), published(march, 2)].map(deliver),
    );
    assert.deepEqual(
      handled.map(({ event }) => event.payload.promotion_seq),
      [1, 2],
    );
  });

  it('does not repeat handled messages after a restart', async () => {
    const path = join(folder(), 'state', 'seen');
    await listening({ sequence: fileSequence(path) }).deliver(published(march, 7));
    const later = listening({ sequence: fileSequence(path) });
    assert.equal((await later.deliver(published(march, 7)))?.outcome, 'dropped');
    assert.equal((await later.deliver(published(february, 8)))?.outcome, 'handled');
    assert.equal(await later.sequence.read(), 8);
  });

  it('is redelivered if the handler fails, and keeps its sequence', async () => {
    const { deliver, handle, handled, answers, sequence } = listening();
    handle(() => Promise.reject(new Error('the exchange is down')));
    const settled = await deliver(published(march, 3));
    assert.deepEqual([settled?.outcome, settled?.reason], ['again', 'the exchange is down']);
    assert.equal(await sequence.read(), 0);
    handle(async () => undefined);
    assert.equal((await deliver(published(march, 3)))?.outcome, 'handled');
    assert.equal(handled.length, 1);
    assert.deepEqual(answers, ['nack', 'ack']);
  });

  it('is redelivered if the bucket cannot be read or does not respond', async () => {
    const down = listening({ readObject: () => Promise.reject(new Error('503')) });
    const settled = await down.deliver(published(march, 1));
    assert.deepEqual(
      [settled?.outcome, settled?.reason],
      ['again', `Could not read ${MANIFEST}: 503`],
    );
    const slow = listening({ readObject: () => new Promise(() => undefined), timeoutMs: 5 });
    assert.equal((await slow.deliver(published(march, 1)))?.outcome, 'again');
    assert.deepEqual([...down.answers, ...slow.answers], ['nack', 'nack']);
    assert.deepEqual([...down.letters, ...slow.letters], []);
  });

  it('is redelivered if the stored sequence is unreadable', async () => {
    const path = join(folder(), 'spoilt');
    writeFileSync(path, 'seven');
    const { deliver, answers } = listening({ sequence: fileSequence(path) });
    assert.match(String((await deliver(published(march, 8)))?.reason), /got seven$/);
    assert.deepEqual(answers, ['nack']);
  });

  it('is redelivered if the dead letter cannot be stored', async () => {
    const { deliver, answers } = listening({ deadLetter: () => Promise.reject(new Error('full')) });
    assert.equal((await deliver(Buffer.from('{')))?.outcome, 'again');
    assert.deepEqual(answers, ['nack']);
  });

  const odd: Readonly<Record<string, readonly [object, RegExp]>> = {
    'without data': [{ data: undefined }, /expected data as bytes, got nothing/],
    'whose data is text': [{ data: 'e30=' }, /expected data as bytes, got "e30="/],
    'whose data is an object': [{ data: { seq: 1 } }, /expected data as bytes, got \{"seq":1\}/],
    'without an id': [{ id: undefined }, /expected an id, got nothing/],
    'with an empty id': [{ id: '' }, /expected an id, got ""/],
    'without attributes': [{ attributes: null }, /expected attributes as texts, got null/],
    'with an attribute that is a number': [{ attributes: { a: 1 } }, /texts, got \{"a":1\}/],
  };
  for (const [what, [changed, reason]] of Object.entries(odd))
    it(`leaves a message ${what} unacknowledged, and keeps no dead letter of it`, async () => {
      const { emit, stop, settled, handled, letters, sequence } = listening();
      const answers: string[] = [];
      emit(
        Object.assign(
          {
            id: 'odd',
            data: published(march, 1),
            attributes: {},
            ack: () => void answers.push('ack'),
            nack: () => void answers.push('nack'),
          },
          changed,
        ),
      );
      await stop();
      assert.deepEqual(answers, ['nack']);
      assert.equal(settled[0]?.outcome, 'again');
      assert.match(String(settled[0]?.reason), reason);
      assert.deepEqual([handled, letters, await sequence.read()], [[], [], 0]);
    });

  it('finishes started messages before it stops, and accepts no more', async () => {
    const { deliver, stop, handled, emit } = listening();
    const begun = deliver(published(march, 1));
    await stop();
    await begun;
    assert.equal(handled.length, 1);
    const refuse = () => assert.fail('a stopped listener settled a message');
    const late = {
      id: 'late',
      data: published(march, 2),
      attributes: {},
      ack: refuse,
      nack: refuse,
    };
    assert.equal(emit(late), false);
  });
});
