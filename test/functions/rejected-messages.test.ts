import assert from 'node:assert/strict';
import { type MonthlyFunction, monthlyFunctions, topicOf } from '../../shared/topology.js';
import { DEMO_REQUEST, faultFreeMonth, json } from '../support/fault-free-month.js';
import { memoryWorld } from '../support/memory-world.js';
import { bytesAt, contentsOf } from '../support/world-contents.js';

type Message = Readonly<Record<string, unknown>>;

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** The message that the function got in the calm month; for ingest the complete one. */
const soundMessage = async (name: MonthlyFunction): Promise<Message> => {
  const { world, stages } = await faultFreeMonth();
  const keys = Object.keys((await contentsOf(world)).objects);
  const request = keys.find((key) => key.startsWith('events/monthly-run-requested/')) ?? '';
  const data = name === 'ingest' ? await bytesAt(world, request) : stages[name].incoming.data;
  return JSON.parse(Buffer.from(data).toString('utf8'));
};

const payloadOf = ({ payload }: Message): Message =>
  typeof payload === 'object' && payload !== null ? { ...payload } : {};

const without = (message: Message, key: string): Message =>
  Object.fromEntries(Object.entries(message).filter(([name]) => name !== key));

interface Refusal {
  readonly data: (sound: Message) => Uint8Array;
  /** What the dead letter says, after the name of the topic. */
  readonly sentence: string | RegExp;
}

const AS_OF_DATE = 'AsOfDate (a day that exists, as YYYY-MM-DD)';

const refusals: Readonly<Record<string, Refusal>> = {
  'of an unknown schema version': {
    data: (sound) => json({ ...sound, schema_version: 2 }),
    sentence: 'schema_version: expected 1, got 2',
  },
  'without a schema version': {
    data: (sound) => json(without(sound, 'schema_version')),
    sentence: 'schema_version: expected 1, got nothing',
  },
  'without its type': {
    data: (sound) => json(without(sound, 'event_type')),
    sentence: /^event_type: expected "[a-z-]+", got nothing$/,
  },
  'of another type': {
    data: (sound) => json({ ...sound, event_type: 'lunch' }),
    sentence: /^event_type: expected "[a-z-]+", got "lunch"$/,
  },
  'without a payload': {
    data: (sound) => json(without(sound, 'payload')),
    sentence: 'payload: expected object, got nothing',
  },
  'without a field of its payload': {
    data: (sound) => json({ ...sound, payload: without(payloadOf(sound), 'as_of_date') }),
    sentence: `payload.as_of_date: expected ${AS_OF_DATE}, got nothing`,
  },
  'with a day that does not exist': {
    data: (sound) => json({ ...sound, payload: { ...payloadOf(sound), as_of_date: '2026-02-30' } }),
    sentence: `payload.as_of_date: expected ${AS_OF_DATE}, got "2026-02-30"`,
  },
  'with a field of the wrong type': {
    data: (sound) => json({ ...sound, payload: { ...payloadOf(sound), mode: 7 } }),
    sentence:
      'payload.mode: expected Mode (lower-case letters, digits and _, e.g. core_major), got 7',
  },
  'whose version is of another date': {
    data: (sound) => json({ ...sound, payload: { ...payloadOf(sound), as_of_date: '2026-03-12' } }),
    sentence: 'payload.version: expected 2026-03-12-core_major, got 2026-03-13-core_major',
  },
  'with fields in its prototype only': {
    data: ({ payload, ...rest }) =>
      text(`{"__proto__":${JSON.stringify({ payload })},${JSON.stringify(rest).slice(1)}`),
    sentence: 'payload: expected object, got nothing',
  },
  'that is a list': {
    data: () => text('[]'),
    sentence: /^expected [A-Za-z-]+( \([A-Za-z-]+\)| object \(RunRequest\))?, got \[\]$/,
  },
  'that is null': {
    data: () => text('null'),
    sentence: /^expected [A-Za-z-]+( \([A-Za-z-]+\)| object \(RunRequest\))?, got null$/,
  },
  'nested deeper than any stack': {
    data: (sound) =>
      text(
        JSON.stringify({ ...sound, payload: 0 }).replace(
          '"payload":0',
          `"payload":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
        ),
      ),
    sentence: `payload: expected object, got ${'['.repeat(80)}…`,
  },
  'that is cut off': {
    data: (sound) => json(sound).subarray(0, -2),
    sentence: /^not JSON: .+/,
  },
  'that is not JSON': { data: () => text('as_of_date=2026-03-13'), sentence: /^not JSON: .+/ },
  'that is not UTF-8': {
    data: () => Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d),
    sentence: 'expected JSON as UTF-8 text, got other bytes',
  },
  'without data': {
    data: () => new Uint8Array(),
    sentence: 'expected JSON data, got an empty message',
  },
};

const ATTRIBUTES = { intent: 'publish', traceparent: 'a trace', event_type: 'any-type' };

for (const name of monthlyFunctions)
  describe(`A message to ${name}`, () => {
    let sound: Message;

    before(async () => {
      sound = await soundMessage(name);
    });

    for (const [title, { data, sentence }] of Object.entries(refusals))
      for (const attributes of [ATTRIBUTES, undefined])
        it(`${title}${attributes ? '' : ', nor any attributes,'} is dead-lettered and changes nothing`, async () => {
          const world = memoryWorld();
          const bytes = data(sound);
          const answer = await world.deliver(name, {
            data: bytes,
            ...(attributes === undefined ? {} : { attributes }),
          });
          assert.equal(answer.status, 204);
          assert.equal(answer.published.length, 1);
          const [letter] = answer.published;
          assert.equal(letter?.topic, `${name}-dead-letter`);
          assert.deepEqual(letter.data, bytes);
          const { dead_letter_reason: reason = '', ...rest } = letter.attributes;
          assert.deepEqual(rest, {
            ...attributes,
            dead_letter_function: name,
            dead_letter_code: 'malformed-input',
            dead_letter_message_id: 'message-1',
          });
          const topic = `${topicOf(name)}: `;
          assert.ok(reason.startsWith(topic), reason);
          const said = reason.slice(topic.length);
          if (typeof sentence === 'string') assert.equal(said, sentence);
          else assert.match(said, sentence);
          assert.deepEqual(await contentsOf(world), { objects: {}, documents: {} });
        });
  });

describe('A dead letter', () => {
  const failing = (message: string) =>
    memoryWorld({
      source: {
        id: 'failing',
        live: false,
        synthetic: true,
        metadata: () => async () => ({
          _tag: 'Left' as const,
          left: { kind: 'permanent' as const, code: 'malformed-input' as const, message },
        }),
        candidates: () => async () => ({ _tag: 'Right' as const, right: [] }),
        bars: () => async () => ({ _tag: 'Right' as const, right: [] }),
      },
    });
  const reasonFor = async (message: string): Promise<string> => {
    const answer = await failing(message).deliver('ingest', { data: json(DEMO_REQUEST) });
    assert.equal(answer.log[0]?.message, message, 'the log has it all');
    return answer.published[0]?.attributes.dead_letter_reason ?? '';
  };

  it('has its full reason if it fits into an attribute', async () => {
    const reason = 'é'.repeat(512);
    assert.equal(await reasonFor(reason), reason);
  });

  it('has a longer reason cut between characters, within the 1024 bytes of an attribute', async () => {
    for (const character of ['x', 'é', '币', '🪙']) {
      const reason = await reasonFor(character.repeat(1025));
      assert.match(reason, new RegExp(`^(${character})+…$`, 'u'));
      assert.ok(Buffer.byteLength(reason) > 1017 && Buffer.byteLength(reason) <= 1024);
    }
  });
});

describe('A malformed message with as many attributes as Pub/Sub allows', () => {
  const attributes = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`attribute-${index}`, 'x']));
  const deliver = (count: number) =>
    memoryWorld().deliver('rank', { data: json({}), attributes: attributes(count) });

  it('is dead-lettered if the reason fits beside them', async () => {
    const { status, published } = await deliver(96);
    assert.equal(status, 204);
    assert.equal(Object.keys(published[0]?.attributes ?? {}).length, 100);
  });

  it('is not acknowledged otherwise, so that Pub/Sub dead-letters the original', async () => {
    const { status, published, log } = await deliver(97);
    assert.equal(status, 500);
    assert.deepEqual(published, []);
    assert.equal(log[0]?.outcome, 'will_be_delivered_again');
    assert.match(String(log[0]?.message), /attributes: expected at most 100, got 101$/);
  });
});

describe('A message without a publish time', () => {
  const table = ['', 'yesterday', '2026-03-14', '2026-13-14T00:00:00Z', '0000-01-01T00:00:00Z'];
  for (const publishTime of table)
    it(`that can be read ("${publishTime}") is not acknowledged: its period is unknown`, async () => {
      const world = memoryWorld();
      // The framework makes up the time of a push that has none; an empty push it leaves alone.
      const data = publishTime === '' ? new Uint8Array() : json(DEMO_REQUEST);
      const answer = await world.deliver('ingest', { data, publishTime });
      assert.equal(answer.status, 500);
      assert.deepEqual(answer.published, []);
      assert.ok(
        answer.log[0]?.message.startsWith(
          `push: publishTime: expected Instant (an ISO 8601 instant in UTC), got "${publishTime}".`,
        ),
        answer.log[0]?.message,
      );
      assert.deepEqual(await contentsOf(world), { objects: {}, documents: {} });
    });
});
