import type { Incoming } from '../support/memory-world.js';
import { drawFrom, jsonFuzzer } from './fuzzed-json.js';

/** A damaged delivery, as the functions framework passes it on. */
export interface Fuzzed {
  readonly event: unknown;
  /** The data as delivered, if the surrounding transport is valid. */
  readonly data?: Uint8Array;
  /** Describes the damage, for failure messages. */
  readonly how: string;
}

export const fuzzer = (random: () => number) => {
  const draw = drawFrom(random);
  const { below, pick } = draw;
  const changedJson = jsonFuzzer(draw);

  /** Changes to the bytes of a message. */
  const byteChanges: Readonly<Record<string, (bytes: Buffer, at: number) => Uint8Array>> = {
    'cut off': (bytes, at) => bytes.subarray(0, at),
    'without its beginning': (bytes, at) => bytes.subarray(at + 1),
    'with a high bit set': (bytes, at) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(bytes.readUInt8(at) ^ 0x80, at);
      return copy;
    },
    'with bytes that are not UTF-8': (bytes, at) =>
      Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(pick(['ff', 'c0af', 'eda080', 'f4908080', 'e282', '80']), 'hex'),
        bytes.subarray(at),
      ]),
    'after a byte order mark': (bytes) => Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes]),
    'in UTF-16': (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    twice: (bytes) => Buffer.concat([bytes, bytes]),
    'as a JSON text in JSON': (bytes) => Buffer.from(JSON.stringify(bytes.toString('utf8'))),
    'of zeros': (bytes) => Buffer.alloc(bytes.length),
    'with nothing in it': () => new Uint8Array(),
    'after white space': (bytes) => Buffer.concat([Buffer.from(' \r\n\t'), bytes]),
  };

  const attributes = (): unknown =>
    pick<() => unknown>([
      () => null,
      () => pick([0, 'text', [], [['intent', 'rollback']], true]),
      () => ({ intent: pick([1, null, {}, [], ['rollback']]) }),
      () => ({ intent: pick(['Rollback', ' rollback', '__proto__', 'toString', '', 'publish;']) }),
      () => ({
        intent: pick(['rollback', 'restate']),
        reason: pick(['', ' ', 'r'.repeat(501), 'x\u0000', '币'.repeat(500)]),
        expected_seq: pick(['', '0', '1', '-1', '1e3', '9'.repeat(16), '01', 'NaN', '__proto__']),
      }),
      () => ({ expected_seq: pick(['1', '2', '0x1', '1.0', '']), reason: pick(['', 'because']) }),
      () => JSON.parse(`{"${pick(['__proto__', 'constructor'])}":"rollback"}`),
      () => JSON.parse('{"__proto__":{"intent":"rollback","reason":"r","expected_seq":"1"}}'),
      () => ({ [pick(['reason', 'traceparent', 'else'])]: 'x'.repeat(100_000) }),
      () => Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`a${n}`, 'x'])),
    ])();

  const PUBLISHED = ['', 'yesterday', '0000-00-00T00:00:00Z', '2026-03-14T00:15:30', '1773447330'];

  /** Changes to the event around the data. `message` is the valid one. */
  const transports: Readonly<Record<string, (message: object, data: string) => unknown>> = {
    'no event': () =>
      below(10) === 0 ? undefined : pick([null, '', 'text', 0, Number.NaN, true, [], [[]], {}, 1n]),
    'an event without a message': () =>
      pick<unknown>([{ data: null }, { data: {} }, { data: 'e30=' }, { data: { message: null } }]),
    'an event of another shape': (message) =>
      pick<unknown>([
        [{ data: { message } }],
        { data: [{ message }] },
        { data: { data: { message } } },
        { data: { Message: message } },
        { message: [message] },
        JSON.parse(`{"__proto__":{"data":{"message":${JSON.stringify(message)}}}}`),
      ]),
    'a push body': (message) => ({ message }),
    'data of another type': (message) => ({
      data: { message: { ...message, data: pick([null, 7, true, [], {}, ['e30=']]) } },
    }),
    'data that is not base64': (message, data) => ({
      data: {
        message: {
          ...message,
          data: pick<() => string>([
            () => '%%%%',
            () => '币',
            () => data.slice(0, below(data.length)),
            () => data.slice(1),
            () => Buffer.from(data, 'base64').toString('utf8'),
            () => '='.repeat(100),
          ])(),
        },
      },
    }),
    'no data': (message) => ({ data: { message: { ...message, data: undefined } } }),
    'odd attributes': (message) => ({
      data: { message: { ...message, attributes: attributes() } },
    }),
    'an odd message id': (message) => ({
      data: { message: { ...message, messageId: pick([null, 7, {}, '', 'x'.repeat(10_000)]) } },
    }),
    'an odd publish time': (message) => ({
      data: {
        message: { ...message, publishTime: pick([null, 0, {}, ...PUBLISHED]) },
      },
    }),
  };

  /** One damaged delivery of a valid message. */
  return ({
    data,
    attributes = {},
    publishTime = '2026-03-14T00:15:30.250Z',
  }: Incoming): Fuzzed => {
    const eventOf = (bytes: Uint8Array) => ({
      attributes,
      messageId: 'a message',
      publishTime,
      data: Buffer.from(bytes).toString('base64'),
    });
    const part = below(20);
    if (part < 2) {
      const how = pick(Object.keys(transports));
      const message = eventOf(data);
      return { event: transports[how]?.(message, message.data), how };
    }
    if (part < 5) {
      const how = pick(Object.keys(byteChanges));
      const bytes = byteChanges[how]?.(Buffer.from(data), below(data.length)) ?? data;
      return { event: { data: { message: eventOf(bytes) } }, data: bytes, how };
    }
    const { text, how } = changedJson(Buffer.from(data).toString('utf8'));
    const bytes = Buffer.from(text);
    return { event: { data: { message: eventOf(bytes) } }, data: bytes, how };
  };
};
