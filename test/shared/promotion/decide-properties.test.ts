import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide, type PromotionCommand } from '../../../shared/promotion/decide.js';
import { initialState, PromotionState } from '../../../shared/promotion/state.js';
import { publish, publishAgain, restate, rollback, step } from './promotion-commands.js';

const DAYS = ['2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31', '2026-01-31'];

const day = fc.constantFrom(...DAYS);
const message: fc.Arbitrary<PromotionCommand> = fc.oneof(
  day.map(publish),
  day.map(publishAgain),
  day.map(restate),
  fc.tuple(day, fc.integer({ min: 1, max: 8 })).map(([to, seq]) => rollback(to, seq)),
  day.map((to) => rollback(to)),
);
/** Rollbacks that expect the head, as an operator sends them, so that histories go on. */
const command = fc.oneof(
  message.map((sent) => () => sent),
  day.map((to) => (state: PromotionState) => rollback(to, state.head?.seq ?? 1)),
);
const history = fc.array(command, { minLength: 4, maxLength: 14, size: 'max' });

interface Applied {
  readonly message: PromotionCommand;
  readonly before: PromotionState;
  readonly after: PromotionState;
}

interface Told {
  readonly state: PromotionState;
  readonly sent: readonly PromotionCommand[];
  readonly applied: readonly Applied[];
}

const tell = (commands: readonly ((state: PromotionState) => PromotionCommand)[]): Told => {
  let state = initialState;
  const sent: PromotionCommand[] = [];
  const applied: Applied[] = [];
  for (const make of commands) {
    const message = make(state);
    const next = step(state, message);
    sent.push(message);
    if (next.decision.kind === 'apply') applied.push({ message, before: state, after: next.state });
    state = next.state;
  }
  return { state, sent, applied };
};

/** The same facts, computed from the whole history instead of step by step. */
const expectedRevoked = (applied: readonly Applied[]): readonly string[] => {
  const revoked = new Set<string>();
  for (const { message, before } of applied) {
    if (message.intent !== 'publish' && before.head !== null) revoked.add(before.head.version);
    revoked.delete(message.version);
  }
  return [...revoked].sort();
};

const expectedFrontier = (applied: readonly Applied[]): string | null =>
  applied
    .filter(({ message }) => message.intent !== 'rollback')
    .map(({ message }) => message.asOfDate)
    .sort()
    .at(-1) ?? null;

describe('Over any history of control messages', () => {
  const always = (title: string, holds: (told: Told) => void): void => {
    it(title, () => {
      fc.assert(
        fc.property(history, (commands) => holds(tell(commands))),
        { numRuns: 300 },
      );
    });
  };

  it('most histories contain a promotion, so that the properties below are not vacuous', () => {
    const lengths = fc
      .sample(history, { seed: 7, numRuns: 200 })
      .map((one) => tell(one).applied.length);
    assert.ok(lengths.filter((length) => length >= 3).length > 100, String(lengths));
  });

  always('the state is one that the codec admits', ({ state }) => {
    assert.ok(PromotionState.is(state));
  });

  always('every message is answered, for every state', ({ state, sent }) => {
    for (const message of sent)
      assert.match(decide(state, message).kind, /^(apply|already_done|superseded|refused)$/);
  });

  always('sequences rise by exactly one with each application, never otherwise', (told) => {
    told.applied.forEach(({ before, after }, index) => {
      assert.equal(before.head?.seq ?? 0, index);
      assert.equal(after.head?.seq, index + 1);
    });
    assert.equal(told.state.head?.seq ?? 0, told.applied.length);
  });

  always('the version that is current is the one last applied, and is never revoked', (told) => {
    assert.equal(told.state.head?.version, told.applied.at(-1)?.message.version);
    for (const { after } of told.applied)
      assert.ok(after.head !== null && !after.revoked.includes(after.head.version));
  });

  always('revoked is what rollbacks and restatements left and nothing led back to', (told) => {
    assert.deepEqual(told.state.revoked, expectedRevoked(told.applied));
  });

  always('the frontier is the newest date published or restated, and never falls', (told) => {
    assert.equal(told.state.frontier, expectedFrontier(told.applied));
    for (const { before, after } of told.applied)
      assert.ok(before.frontier === null || (after.frontier ?? '') >= before.frontier);
  });

  always('what was applied once never applies again', ({ state, applied }) => {
    for (const { message } of applied) {
      const { kind } = decide(state, message);
      assert.ok(kind === 'already_done' || kind === 'superseded', kind);
    }
  });

  always('a duplicate right behind its original changes nothing', ({ applied }) => {
    for (const { message, after } of applied) {
      const again = step(after, message);
      assert.deepEqual(again.decision, { kind: 'already_done', seq: after.head?.seq });
      assert.equal(again.state, after);
    }
  });
});
