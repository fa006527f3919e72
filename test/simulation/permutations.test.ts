import assert from 'node:assert/strict';
import { type Decision, decide, type PromotionCommand } from '../../shared/promotion/decide.js';
import { initialState, type PromotionState } from '../../shared/promotion/state.js';
import {
  publish,
  publishAgain,
  restate,
  rollback,
  step,
} from '../shared/promotion/promotion-commands.js';

const OCT = '2025-10-31';
const NOV = '2025-11-30';
const DEC = '2025-12-31';
const JAN = '2026-01-31';

/** Six conflicting messages; `expected_seq` is correct in some orders only. */
const casts: Readonly<Record<string, readonly PromotionCommand[]>> = {
  'three months, two rollbacks and a restatement': [
    publish(OCT),
    publish(NOV),
    publish(DEC),
    rollback(NOV, 3),
    rollback(OCT, 2),
    restate(JAN),
  ],
  'three months, one of them run twice, and a rollback forth and back': [
    publish(OCT),
    publish(NOV),
    publishAgain(NOV),
    publish(DEC),
    rollback(OCT, 2),
    rollback(NOV, 3),
  ],
  'a month published and restated, rollbacks without or with too high an expected_seq': [
    publish(NOV),
    publish(DEC),
    restate(DEC),
    publishAgain(DEC),
    rollback(NOV),
    rollback(NOV, 99),
  ],
};

const ordersOf = <A>(items: readonly A[]): readonly (readonly A[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) =>
        ordersOf(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
      );

/** How often and when each message of an order is repeated. */
const duplications: Readonly<
  Record<string, (order: readonly PromotionCommand[]) => readonly PromotionCommand[]>
> = {
  once: (order) => order,
  'twice in a row': (order) => order.flatMap((message) => [message, message]),
  'again at the end': (order) => [...order, ...order],
  'again at the end, backwards': (order) => [...order, ...[...order].reverse()],
};

/**
 * An oracle: the rules, computed from the list of applied messages alone. It carries no state, so
 * it cannot repeat an error of the state transitions.
 */
const oracle = (applied: readonly PromotionCommand[], message: PromotionCommand): boolean => {
  const isSame = (other: PromotionCommand) =>
    other.eventId === message.eventId &&
    other.intent === message.intent &&
    other.expectedSeq === message.expectedSeq;
  if (applied.some(isSame)) return false;
  const head = applied.at(-1)?.version;
  const newest = applied.every(
    ({ intent, asOfDate }) => intent === 'rollback' || asOfDate < message.asOfDate,
  );
  switch (message.intent) {
    case 'publish':
      return newest && head !== message.version && !revokedBy(applied).includes(message.version);
    case 'rollback':
      return message.expectedSeq === applied.length && head !== message.version;
    case 'restate':
      return newest;
  }
};

/** A version is revoked if its last time as current was ended by anything but a publish. */
const revokedBy = (applied: readonly PromotionCommand[]): readonly string[] =>
  applied
    .filter(({ version }, at) => {
      const next = applied[at + 1];
      const again = applied.slice(at + 1).some((later) => later.version === version);
      return next !== undefined && next.intent !== 'publish' && !again;
    })
    .map(({ version }) => version)
    .sort();

type Counts = Record<Decision['kind'], number>;

/** Applies the messages one by one, compares each step with the oracle, returns the end state. */
const follow = (messages: readonly PromotionCommand[], counts: Counts): PromotionState => {
  const applied: PromotionCommand[] = [];
  let state = initialState;
  for (const message of messages) {
    const { decision, state: next } = step(state, message);
    counts[decision.kind] += 1;
    assert.equal(decision.kind === 'apply', oracle(applied, message));
    if (decision.kind === 'apply') {
      applied.push(message);
      assert.equal(decision.seq, applied.length);
      assert.equal(decision.fromVersion, state.head?.version ?? null);
      assert.equal(decide(next, message).kind, 'already_done');
    } else assert.equal(next, state, `${decision.kind} changes nothing`);
    state = next;
    const frontier = applied
      .filter(({ intent }) => intent !== 'rollback')
      .map(({ asOfDate }) => asOfDate)
      .sort()
      .at(-1);
    assert.equal(state.head?.seq ?? 0, applied.length);
    assert.equal(state.head?.version, applied.at(-1)?.version);
    assert.equal(state.frontier, frontier ?? null);
    assert.deepEqual(state.revoked, revokedBy(applied));
    for (const earlier of applied) assert.notEqual(decide(state, earlier).kind, 'apply');
  }
  return state;
};

describe('Six control messages in every order', () => {
  for (const [title, cast] of Object.entries(casts))
    it(`follow the oracle, also with duplicates: ${title}`, () => {
      const orders = ordersOf(cast);
      assert.equal(orders.length, 720);
      const counts: Counts = { apply: 0, already_done: 0, superseded: 0, refused: 0 };
      const ends = new Map<string, readonly PromotionState[]>();
      for (const [often, duplicated] of Object.entries(duplications))
        ends.set(
          often,
          orders.map((order) => follow(duplicated(order), counts)),
        );
      assert.deepEqual(ends.get('twice in a row'), ends.get('once'));
      for (const [kind, count] of Object.entries(counts)) assert.ok(count > 0, `never ${kind}`);
      console.log(
        `      permutations: ${orders.length} orders × ${ends.size} duplications, ${Object.entries(
          counts,
        )
          .map(([kind, count]) => `${count} ${kind}`)
          .join(', ')}`,
      );
    });
});
