import assert from 'node:assert/strict';
import { type AsOfDate, type Mode, versionOf } from '../../../shared/codec/primitives.js';
import type { PromotionCommand } from '../../../shared/promotion/decide.js';
import { decide, ledgerKey } from '../../../shared/promotion/decide.js';
import {
  publish,
  publishAgain,
  restate,
  rollback,
  stateAfter,
  step,
} from './promotion-commands.js';

const OCT = '2025-10-31';
const NOV = '2025-11-30';
const DEC = '2025-12-31';
const JAN = '2026-01-31';

interface Row {
  readonly given: readonly PromotionCommand[];
  readonly when: PromotionCommand;
  readonly expected: Readonly<Record<string, unknown>>;
}

const apply = (seq: number, from: string | null) => ({
  kind: 'apply',
  seq,
  fromVersion: from === null ? null : `${from}-core_major`,
});
const alreadyDone = (seq: number) => ({ kind: 'already_done', seq });
const superseded = (reason: string) => ({ kind: 'superseded', reason });
const refused = (reason: string) => ({ kind: 'refused', reason });

const published = [publish(OCT), publish(NOV), publish(DEC)];
const rolledBack = [...published, rollback(NOV, 3)];

const table: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  'A message whose key is the head’s is already done': {
    'for publish': { given: published, when: publish(DEC), expected: alreadyDone(3) },
    'for rollback': { given: rolledBack, when: rollback(NOV, 3), expected: alreadyDone(4) },
    'for restate': {
      given: [...published, restate(JAN)],
      when: restate(JAN),
      expected: alreadyDone(4),
    },
  },
  'A message whose key is known while a later one is head is superseded': {
    'for publish': {
      given: published,
      when: publish(OCT),
      expected: superseded('promotion 1 of this message has been followed by 3'),
    },
    'for publish, after a rollback left it': {
      given: rolledBack,
      when: publish(DEC),
      expected: superseded('promotion 3 of this message has been followed by 4'),
    },
    'for publish, although a rollback has made its version current again': {
      given: rolledBack,
      when: publish(NOV),
      expected: superseded('promotion 2 of this message has been followed by 4'),
    },
    'for rollback': {
      given: [...rolledBack, publish(JAN)],
      when: rollback(NOV, 3),
      expected: superseded('promotion 4 of this message has been followed by 5'),
    },
    'for restate': {
      given: [...published, restate(JAN), rollback(DEC, 4)],
      when: restate(JAN),
      expected: superseded('promotion 4 of this message has been followed by 5'),
    },
  },
  'A publish whose version is current by another key is already done': {
    'by another run': { given: published, when: publishAgain(DEC), expected: alreadyDone(3) },
    'by a rollback': { given: rolledBack, when: publishAgain(NOV), expected: alreadyDone(4) },
    'by a restatement': {
      given: [...published, restate(JAN)],
      when: publish(JAN),
      expected: alreadyDone(4),
    },
  },
  'A publish is superseded': {
    'when its version is revoked': {
      given: rolledBack,
      when: publishAgain(DEC),
      expected: superseded(
        '2025-12-31-core_major was revoked; only a rollback or restate leads back',
      ),
    },
    'when its date is at the frontier, although its mode is another': {
      given: published,
      when: { ...publishAgain(DEC), version: versionOf(DEC as AsOfDate, 'broad_liquid' as Mode) },
      expected: superseded(
        '2025-12-31-broad_liquid is not beyond 2025-12-31, the newest date ever published',
      ),
    },
    'when its date is behind the frontier': {
      given: [publish(OCT), publish(DEC)],
      when: publish(NOV),
      expected: superseded(
        '2025-11-30-core_major is not beyond 2025-12-31, the newest date ever published',
      ),
    },
    'when its date is behind the frontier that a rollback did not move back': {
      given: [publish(OCT), publish(DEC), rollback(OCT, 2)],
      when: publish(NOV),
      expected: superseded(
        '2025-11-30-core_major is not beyond 2025-12-31, the newest date ever published',
      ),
    },
  },
  'Any other publish applies': {
    'as the very first': { given: [], when: publish(OCT), expected: apply(1, null) },
    'as the next month': { given: published, when: publish(JAN), expected: apply(4, DEC) },
    'over a rollback': { given: rolledBack, when: publish(JAN), expected: apply(5, NOV) },
    'even if it expects another sequence': {
      given: published,
      when: { ...rollback(JAN, 9), intent: 'publish' },
      expected: apply(4, DEC),
    },
  },
  'A rollback is refused': {
    'when nothing has been promoted': {
      given: [],
      when: rollback(OCT, 1),
      expected: refused('nothing has been promoted yet, so there is nothing to roll back'),
    },
    'when it expects an older head': {
      given: published,
      when: rollback(OCT, 2),
      expected: refused('expected_seq is 2 but the current promotion is 3'),
    },
    'when it expects a head to come': {
      given: published,
      when: rollback(OCT, 4),
      expected: refused('expected_seq is 4 but the current promotion is 3'),
    },
    'when it expects nothing': {
      given: published,
      when: rollback(OCT),
      expected: refused('expected_seq is missing but the current promotion is 3'),
    },
    'when its version is current': {
      given: published,
      when: rollback(DEC, 3),
      expected: refused('2025-12-31-core_major is current already'),
    },
  },
  'Any other rollback applies': {
    'to the month before': { given: published, when: rollback(NOV, 3), expected: apply(4, DEC) },
    'to any earlier month': { given: published, when: rollback(OCT, 3), expected: apply(4, DEC) },
    'forward to what another left': {
      given: rolledBack,
      when: rollback(DEC, 4),
      expected: apply(5, NOV),
    },
  },
  'A restatement is refused': {
    'at the frontier': {
      given: published,
      when: restate(DEC),
      expected: refused(
        'a restatement must be newer than 2025-12-31, the newest date ever published',
      ),
    },
    'behind it, also after a rollback': {
      given: [publish(OCT), publish(DEC), rollback(OCT, 2)],
      when: restate(NOV),
      expected: refused(
        'a restatement must be newer than 2025-12-31, the newest date ever published',
      ),
    },
  },
  'Any other restatement applies': {
    'beyond the frontier': { given: published, when: restate(JAN), expected: apply(4, DEC) },
    'over a rollback': { given: rolledBack, when: restate(JAN), expected: apply(5, NOV) },
  },
};

describe('decide', () => {
  for (const [rule, rows] of Object.entries(table))
    describe(rule, () => {
      for (const [title, { given, when, expected }] of Object.entries(rows))
        it(title, () => {
          assert.deepEqual(decide(stateAfter(...given), when), expected);
        });
    });
});

describe('evolve', () => {
  it('moves the frontier on publish and restate only', () => {
    assert.equal(stateAfter().frontier, null);
    assert.equal(stateAfter(publish(OCT)).frontier, OCT);
    assert.equal(stateAfter(...published).frontier, DEC);
    assert.equal(stateAfter(...rolledBack).frontier, DEC);
    assert.equal(stateAfter(...rolledBack, restate(JAN)).frontier, JAN);
  });

  it('revokes what a rollback or a restatement leaves, and nothing that a publish leaves', () => {
    assert.deepEqual(stateAfter(...published).revoked, []);
    assert.deepEqual(stateAfter(...rolledBack).revoked, ['2025-12-31-core_major']);
    assert.deepEqual(stateAfter(...rolledBack, restate(JAN)).revoked, [
      '2025-11-30-core_major',
      '2025-12-31-core_major',
    ]);
    assert.deepEqual(stateAfter(...rolledBack, publish(JAN)).revoked, ['2025-12-31-core_major']);
  });

  it('no longer revokes what has become current again', () => {
    assert.deepEqual(stateAfter(...rolledBack, rollback(DEC, 4)).revoked, [
      '2025-11-30-core_major',
    ]);
  });

  it('stores head and key', () => {
    const { head, known } = stateAfter(...rolledBack);
    assert.equal(head?.seq, 4);
    assert.equal(head.version, '2025-11-30-core_major');
    assert.equal(head.key, ledgerKey(rollback(NOV, 3)));
    assert.deepEqual(Object.values(known), [1, 2, 3, 4]);
  });

  it('does not change the given state', () => {
    const before = stateAfter(...published);
    const copy = structuredClone(before);
    step(before, rollback(OCT, 3));
    assert.deepEqual(before, copy);
  });
});

describe('The key of a message', () => {
  it('distinguishes event, intent and expected sequence', () => {
    const messages = [
      publish(OCT),
      publish(NOV),
      publishAgain(OCT),
      restate(OCT),
      rollback(OCT),
      rollback(OCT, 1),
      rollback(OCT, 2),
      { ...rollback(OCT, 1), intent: 'publish' as const },
    ];
    assert.equal(new Set(messages.map(ledgerKey)).size, messages.length);
  });

  it('is the same for the same three, even if they name different releases', () => {
    const { version, asOfDate } = publish(NOV);
    assert.equal(ledgerKey({ ...publish(OCT), version, asOfDate }), ledgerKey(publish(OCT)));
  });
});
