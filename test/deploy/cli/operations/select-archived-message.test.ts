import assert from 'node:assert/strict';
import {
  messageToReplay,
  withoutDerived,
} from '../../../../deploy/cli/operations/select-archived-message.js';
import { sha256 } from '../../../../shared/codec/hash.js';
import type { Sha256, Timestamp } from '../../../../shared/codec/primitives.js';

const [ranked, announced, stale] = ['ranked', 'announced', 'stale'].map(sha256);
assert.ok(ranked && announced && stale);
const own = { event_id: announced, causation_id: ranked };
const made = { event_id: stale, causation_id: announced };
const restated = { event_id: ranked, causation_id: null };

describe('The messages about a release', () => {
  it('exclude a rollback derived from one of them, in any order', () => {
    assert.deepEqual(withoutDerived([own, made]), [own]);
    assert.deepEqual(withoutDerived([made, own]), [own]);
  });

  it('include all messages if none derives from another', () => {
    assert.deepEqual(
      withoutDerived([restated, { ...made, causation_id: sha256('elsewhere') }]).length,
      2,
    );
    assert.deepEqual(withoutDerived([]), []);
  });
});

describe('The message to publish again', () => {
  const message = (payload: object, occurred_at: Timestamp, event_id = sha256(occurred_at)) => ({
    ...{ event_id, causation_id: null, occurred_at, payload },
  });
  const chosen = (...messages: readonly ReturnType<typeof message>[]) => {
    const forth = messageToReplay(messages, () => true);
    assert.equal(
      messageToReplay([...messages].reverse(), () => true),
      forth,
    );
    return forth;
  };
  const [first, second] = [
    '2026-01-01T00:30:00+00:00' as Timestamp,
    '2026-01-02T00:30:00+00:00' as Timestamp,
  ];

  it('is the first without a waiver, for any event ids', () => {
    const waiving = message({ allow_stale: true }, first);
    for (const id of ['0', 'f']) {
      const strict = message({ allow_stale: false }, second, id.repeat(64) as Sha256);
      assert.equal(chosen(waiving, strict), strict);
    }
    assert.equal(chosen(waiving), waiving);
  });

  it('is the one of the latest promotion', () => {
    const early = message({ promotion_seq: 9 }, first);
    const late = message({ promotion_seq: 10 }, second);
    assert.equal(chosen(early, late), late);
  });

  it('is the first of several equal ones', () => {
    const early = message({ allow_stale: false }, first);
    assert.equal(chosen(message({ allow_stale: false }, second), early), early);
  });

  it('is one of the wanted messages', () => {
    const early = message({ version: 'a' }, first);
    assert.equal(
      messageToReplay([early], () => false),
      undefined,
    );
  });
});
