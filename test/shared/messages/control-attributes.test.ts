import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { canonicalJson } from '../../../shared/codec/hash.js';
import {
  attributesOf,
  type ControlAttributes,
  parseControlAttributes,
  traceparentOf,
} from '../../../shared/messages/control-attributes.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';

const ROLLBACK = { intent: 'rollback', reason: 'bad input', expected_seq: '7' };
const REASON = 'expected Reason (a reason of 1 to 500 characters), got';
const SEQUENCE = 'expected SequenceText (a sequence number), got';

describe('The control attributes', () => {
  const understood: readonly (readonly [string, Record<string, string>, ControlAttributes])[] = [
    ['nothing is publish', {}, { intent: 'publish' }],
    ['publish is publish', { intent: 'publish' }, { intent: 'publish' }],
    [
      'publish may have a reason and an expected sequence',
      { reason: 'again', expected_seq: '1' },
      { intent: 'publish', reason: 'again', expectedSeq: 1 } as ControlAttributes,
    ],
    [
      'a rollback',
      ROLLBACK,
      { intent: 'rollback', reason: 'bad input', expectedSeq: 7 } as ControlAttributes,
    ],
    [
      'a restatement needs no expected sequence',
      { intent: 'restate', reason: 'expired' },
      { intent: 'restate', reason: 'expired' },
    ],
    [
      'a reason of one character',
      { ...ROLLBACK, reason: '!' },
      { intent: 'rollback', reason: '!', expectedSeq: 7 } as ControlAttributes,
    ],
    [
      'a reason of 500 characters outside the first plane',
      { ...ROLLBACK, reason: '🪙'.repeat(500) },
      { intent: 'rollback', reason: '🪙'.repeat(500), expectedSeq: 7 } as ControlAttributes,
    ],
    [
      'the largest sequence',
      { ...ROLLBACK, expected_seq: '999999999999999' },
      {
        intent: 'rollback',
        reason: 'bad input',
        expectedSeq: 999_999_999_999_999,
      } as ControlAttributes,
    ],
    [
      'everything else is for filters',
      {
        event_type: 'x',
        schema_version: '9',
        mode: '',
        googclient_traceparent: 'y',
        Intent: 'rollback',
      },
      { intent: 'publish' },
    ],
  ];
  for (const [title, attributes, command] of understood) {
    it(title, () => {
      assert.deepEqual(parseControlAttributes(attributes), E.right(command));
    });
  }

  const refused: readonly (readonly [string, Record<string, string>, string])[] = [
    [
      'an unknown intent',
      { intent: 'undo' },
      'intent: expected publish, rollback or restate, got "undo"',
    ],
    ['an empty intent', { intent: '' }, 'intent: expected publish, rollback or restate, got ""'],
    [
      'a rollback without an expected sequence',
      { intent: 'rollback', reason: 'bad input' },
      'expected_seq: expected the current promotion sequence with intent rollback, got nothing',
    ],
    [
      'a rollback without a reason',
      { intent: 'rollback', expected_seq: '7' },
      'reason: expected a reason with intent rollback, got nothing',
    ],
    [
      'a restatement without a reason',
      { intent: 'restate' },
      'reason: expected a reason with intent restate, got nothing',
    ],
    ['an empty reason', { ...ROLLBACK, reason: '' }, `reason: ${REASON} ""`],
    ['a blank reason', { ...ROLLBACK, reason: ' \n\t' }, `reason: ${REASON} " \\n\\t"`],
    [
      'a reason of 501 characters',
      { ...ROLLBACK, reason: 'x'.repeat(501) },
      `reason: ${REASON} "${'x'.repeat(79)}…`,
    ],
    [
      'a reason of 10,000 characters, even with publish',
      { reason: 'x'.repeat(10_000) },
      `reason: ${REASON} "${'x'.repeat(79)}…`,
    ],
    ...[
      '0',
      '-1',
      '1.5',
      '1e3',
      '07',
      ' 7',
      '7 ',
      '+7',
      '0x7',
      '',
      'seven',
      '1000000000000000',
    ].map(
      (text) =>
        [
          `the sequence "${text}"`,
          { ...ROLLBACK, expected_seq: text },
          `expected_seq: ${SEQUENCE} "${text}"`,
        ] as const,
    ),
  ];
  for (const [title, attributes, sentence] of refused) {
    it(`${title} is refused`, () => {
      const result = parseControlAttributes(attributes);
      assert.ok(E.isLeft(result));
      assert.equal(result.left.kind, 'permanent');
      assert.equal(result.left.code, 'malformed-input');
      assert.equal(result.left.message, `attributes: ${sentence}`);
    });
  }
});

const payload = fc.oneof(...messageKinds.map((kind) => kind.payload));

describe('The attributes of a message', () => {
  for (const { topic, payload: ofTopic } of messageKinds) {
    it(`of ${topic} repeat its envelope and name the release, for filters`, () => {
      fc.assert(
        fc.property(cause, ofTopic, (origin, content) => {
          const message = makeMessage(topic, origin, content);
          const facts: Record<string, unknown> = { ...content };
          assert.deepEqual(attributesOf(message), {
            event_type: topic,
            schema_version: '1',
            run_id: origin.run_id,
            mode: facts.mode,
            as_of_date: facts.as_of_date,
            version: facts.version,
            ...('intent' in facts ? { intent: facts.intent } : {}),
            traceparent: traceparentOf(message),
          });
        }),
      );
    });
  }

  it('carry a W3C trace: one per run, one span per message, the same when made again', () => {
    fc.assert(
      fc.property(cause, cause, payload, payload, (origin, another, content, different) => {
        fc.pre(origin.run_id !== another.run_id);
        fc.pre(canonicalJson(content) !== canonicalJson(different));
        const traceOf = (from: typeof origin, said: object) =>
          traceparentOf(makeMessage('pool-ranked', from, said));
        const [version, trace, span, flags] = traceOf(origin, content).split('-');
        assert.equal(version, '00');
        assert.match(trace ?? '', /^(?!0{32})[0-9a-f]{32}$/);
        assert.match(span ?? '', /^(?!0{16})[0-9a-f]{16}$/);
        assert.equal(flags, '01');
        assert.equal(traceOf({ ...origin }, { ...content }), traceOf(origin, content));
        assert.equal(traceOf(origin, different).split('-')[1], trace);
        assert.notEqual(traceOf(origin, different).split('-')[2], span);
        assert.notEqual(traceOf(another, content).split('-')[1], trace);
      }),
    );
  });
});
