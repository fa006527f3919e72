import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../../shared/codec/hash.js';
import { encodeMessage, makeMessage, RunId } from '../../../shared/messages/envelope.js';
import { timestamp } from '../../support/arbitraries.js';
import { cause, messageKinds, runId } from '../../support/message-arbitraries.js';

const payload = fc.oneof(...messageKinds.map((kind) => kind.payload));
const other = fc.string();

/** The same object with its keys written in another order, at every level. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

const objectOf = (value: unknown): object => {
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return value;
};

describe('The id of an event', () => {
  it('is the hash of topic, run and payload', () => {
    fc.assert(
      fc.property(cause, payload, (origin, content) => {
        const { event_id } = makeMessage('pool-ranked', origin, content);
        const text = canonicalJson(['pool-ranked', { run_id: origin.run_id, payload: content }]);
        assert.equal(event_id, sha256(text));
      }),
    );
  });

  it('does not depend on the start of the run, the causing event or the order of keys', () => {
    fc.assert(
      fc.property(cause, cause, payload, (origin, another, content) => {
        const first = makeMessage('pool-ranked', origin, content);
        const again = makeMessage(
          'pool-ranked',
          { ...another, run_id: origin.run_id },
          objectOf(reversed(content)),
        );
        assert.equal(again.event_id, first.event_id);
      }),
    );
  });

  it('differs for another topic, another run and any other payload', () => {
    fc.assert(
      fc.property(cause, runId, payload, other, (origin, run, content, addition) => {
        fc.pre(run !== origin.run_id);
        const ids = [
          makeMessage('pool-ranked', origin, content),
          makeMessage('release-promoted', origin, content),
          makeMessage('pool-ranked', { ...origin, run_id: run }, content),
          makeMessage('pool-ranked', origin, { ...content, addition }),
        ].map(({ event_id }) => event_id);
        assert.equal(new Set(ids).size, ids.length);
      }),
    );
  });

  it('depends on its identity alone where one is given', () => {
    fc.assert(
      fc.property(cause, cause, payload, payload, (origin, another, content, different) => {
        const identity = { promotion_seq: 7 };
        assert.equal(
          makeMessage('live-pool-published', origin, content, identity).event_id,
          makeMessage('live-pool-published', another, different, identity).event_id,
        );
      }),
    );
  });
});

describe('A message', () => {
  it('has its keys in the documented order and inherits run, instant and cause', () => {
    fc.assert(
      fc.property(cause, payload, (origin, content) => {
        const message = makeMessage('pool-ranked', origin, content);
        assert.deepEqual(Object.keys(message), [
          'schema_version',
          'event_type',
          'event_id',
          'run_id',
          'occurred_at',
          'causation_id',
          'payload',
        ]);
        assert.equal(message.schema_version, 1);
        assert.equal(message.run_id, origin.run_id);
        assert.equal(message.occurred_at, origin.occurred_at);
        assert.equal(message.causation_id, origin.event_id);
      }),
    );
  });

  it('made twice has the same bytes', () => {
    fc.assert(
      fc.property(cause, payload, (origin, content) => {
        const bytes = () =>
          encodeMessage(makeMessage('pool-ranked', { ...origin }, { ...content }));
        assert.deepEqual(bytes(), bytes());
      }),
    );
  });

  it('is one line of UTF-8 JSON without unnecessary escapes', () => {
    const message = makeMessage(
      'pool-ranked',
      {
        event_id: null,
        run_id: '2026-03-13-core_major-0123456789ab' as RunId,
        occurred_at: fc.sample(timestamp, { seed: 1, numRuns: 1 })[0] ?? never(),
      },
      { symbols: ['币安人生USDT'] },
    );
    const text = new TextDecoder('utf-8', { fatal: true }).decode(encodeMessage(message));
    assert.ok(!text.includes('\n'));
    assert.ok(text.endsWith(',"causation_id":null,"payload":{"symbols":["币安人生USDT"]}}'), text);
  });
});

const never = (): never => {
  throw new Error('fast-check drew nothing');
};

describe('A run id', () => {
  const table: readonly (readonly [string, boolean])[] = [
    ['2026-03-13-core_major-0123456789ab', true],
    ['2026-03-13-core_major-0123456789abc', false],
    ['2026-03-13-core_major-0123456789aB', false],
    ['2026-03-13-Core-0123456789ab', false],
    ['2026-03-13-core_major', false],
    ['../2026-03-13-core_major-0123456789ab', false],
    ['2026-03-13-core/major-0123456789ab', false],
  ];
  for (const [text, accepted] of table) {
    it(`${accepted ? 'may be' : 'may not be'} ${text}`, () => {
      assert.equal(RunId.is(text), accepted);
    });
  }
});
