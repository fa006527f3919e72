import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  type DeadLetter,
  type DeliveryResult,
  memorySequence,
  onLivePoolPublished,
  type Publication,
} from '../../shared/client/index.js';
import { addDays, dayOf, isoDay } from '../../shared/day.js';
import { temporaryFolder } from '../support/cli.js';
import { handMadeRelease } from '../support/hand-made-release.js';
import { describeWithPython } from '../support/python.js';
import { describeWithEmulators } from './emulator.js';
import { type Downstream, openDownstream } from './support/downstream.js';
import { type EXAMPLES, startExample } from './support/example.js';

// The examples read the machine's clock, so the releases are of the last days.
const today = dayOf(new Date());
const [older, newer, newest] = [3, 2, 1].map((days) =>
  handMadeRelease(isoDay(addDays(today, -days))),
);
assert.ok(older && newer && newest);
const POOL = 'TRXUSDT ETHUSDT BCHUSDT NEARUSDT LTCUSDT';

describeWithEmulators('what downstream picks up', () => {
  const folder = temporaryFolder();
  let downstream: Downstream;
  beforeEach(async () => {
    downstream = await openDownstream();
  });
  afterEach(() => downstream.close());

  const describeExample = (language: keyof typeof EXAMPLES): void => {
    it(`the ${language} example prints the pool that was published, in its order`, async () => {
      await downstream.subscribe('once');
      const words = ['once', join(folder(), language, 'once')];
      const example = startExample(language, downstream.project, words);
      await downstream.publish(newer, 1);
      assert.equal((await example.ended).stdout, `1 fresh_upstream ${POOL}\n`);
    }).timeout(90_000);

    it(`the ${language} example hears of nothing else`, async () => {
      await downstream.subscribe('twice');
      const words = ['twice', join(folder(), language, 'twice')];
      await downstream.publish(newer, 2);
      await startExample(language, downstream.project, words).ended;
      const example = startExample(language, downstream.project, words);
      await downstream.say(newer, 2);
      await downstream.say(older, 1);
      await downstream.tamper(older, 3);
      await example.complained(/live_pool\.json: expected SHA-256/);
      await downstream.publish(newest, 4);
      assert.equal((await example.ended).stdout, `4 fresh_upstream ${POOL}\n`);
    }).timeout(120_000);
  };

  describeExample('TypeScript');
  describeWithPython('with python3', () => describeExample('Python'));

  it('a duplicate, an old event and a tampered artifact reach no handler', async () => {
    const subscription = await downstream.subscribe('client');
    const handled: Publication[] = [];
    const letters: DeadLetter[] = [];
    const settled: DeliveryResult[] = [];
    let heard = (): void => undefined;
    const count = (expected: number): Promise<void> =>
      new Promise((resolve) => {
        heard = () => {
          if (settled.length >= expected) resolve();
        };
        heard();
      });
    const listening = onLivePoolPublished(
      subscription,
      (publication) => {
        handled.push(publication);
      },
      {
        readObject: downstream.read,
        sequence: memorySequence(),
        deadLetter: async (letter) => {
          letters.push(letter);
        },
        report: (one) => {
          settled.push(one);
          heard();
        },
      },
    );
    await downstream.publish(newer, 2);
    await count(1);
    await downstream.say(newer, 2);
    await downstream.say(older, 1);
    await downstream.tamper(older, 3);
    await count(4);
    await downstream.publish(newest, 4);
    await count(5);
    await listening.stop();
    await subscription.close();

    assert.deepEqual(settled.map(({ promotionSeq, outcome }) => [promotionSeq, outcome]).sort(), [
      [1, 'dropped'],
      [2, 'dropped'],
      [2, 'handled'],
      [3, 'dead_letter'],
      [4, 'handled'],
    ]);
    assert.deepEqual(
      handled.map(({ event }) => event.payload.version),
      [newer.version, newest.version],
    );
    assert.match(String(letters[0]?.reason), /live_pool\.json: expected SHA-256/);
  }).timeout(120_000);
});
