import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import {
  binanceExchange,
  isUnknownSymbol,
} from '../../../../shared/market-data/binance/exchange.js';
import { madeUpCsv } from '../../../support/fake-exchange/fake-bars.js';
import {
  bannedFor,
  type FaultyReply,
  status,
  tooManyRequests,
} from '../../../support/fake-exchange/faults.js';
import { getOrThrow } from '../../../support/get-or-throw.js';
import { asking, closeAll, failureOf, range } from './test-exchange.js';

const ALL = range('2024-01-01', '2025-12-31');
const BARS = { AUSDT: madeUpCsv('2024-01-01', 10), BUSDT: madeUpCsv('2024-01-01', 10) };
const NAME = 'klines of AUSDT from 2024-01-01';

const always = (reply: FaultyReply, options = {}) =>
  asking({ bars: BARS, faults: [{ symbol: 'AUSDT', reply }] }, options);

describe('The exchange, when something goes wrong', () => {
  afterEach(closeAll);

  const passing: readonly {
    readonly title: string;
    readonly reply: FaultyReply;
    readonly reason: string | RegExp;
  }[] = [
    { title: 'a server error', reply: status(500), reason: 'HTTP 500' },
    {
      title: "a server error in Binance's words",
      reply: status(503, '{"code":-1001,"msg":"Internal error."}'),
      reason: 'HTTP 503, code -1001: "Internal error."',
    },
    {
      title: "a backend's time that was up",
      reply: status(408, '{"code":-1007,"msg":"Timeout waiting for response."}'),
      reason: 'HTTP 408, code -1007: "Timeout waiting for response."',
    },
    {
      title: 'a reset connection',
      reply: { kind: 'reset' },
      reason: 'a broken connection (UND_ERR_SOCKET)',
    },
    {
      title: 'a body cut off with its connection',
      reply: { kind: 'cut' },
      reason: 'a broken connection (UND_ERR_SOCKET)',
    },
    {
      title: 'a body that is half the JSON',
      reply: { kind: 'truncate' },
      reason: /^a reply of \d+ characters that is not whole JSON$/,
    },
    {
      title: 'an empty body',
      reply: status(200),
      reason: 'a reply of 0 characters that is not whole JSON',
    },
    {
      title: 'no reply at all',
      reply: { kind: 'hang' },
      reason: 'no complete reply within 40 ms',
    },
    {
      title: 'a body that stops halfway',
      reply: { kind: 'hang', midway: true },
      reason: 'no complete reply within 40 ms',
    },
  ];
  for (const { title, reply, reason } of passing) {
    const isSlow = reply.kind === 'hang';

    it(`is requested again after ${title}, and reports exhausted attempts`, async () => {
      const limits = isSlow ? { attemptTimeout: 40, attempts: 2 } : {};
      const { fake, exchange, time, events } = await always(reply, limits);
      const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
      const count = isSlow ? 2 : 5;
      assert.deepEqual([failure.kind, failure.code], ['transient', 'unavailable']);
      const [, seconds, words] =
        /^Binance did not answer klines of AUSDT from 2024-01-01: \d attempts in (.+) s, the last one failed with (.+)\. Try again later\.$/.exec(
          failure.message,
        ) ?? assert.fail(failure.message);
      assert.equal(seconds, isSlow ? '0.4' : '5.6');
      if (typeof reason === 'string') assert.equal(words, reason);
      else assert.match(words ?? '', reason);
      assert.equal(fake.requests.length, count);
      assert.deepEqual(time.waits, [375, 750, 1500, 3000].slice(0, count - 1));
      assert.deepEqual(
        events.map((event) => event.kind === 'retry' && [event.request, event.attempt]),
        time.waits.map((_, index) => [NAME, index + 1]),
      );
    });

    it(`recovers after ${title} that ends`, async () => {
      const { fake, exchange } = await asking({ bars: BARS, faults: [{ times: 1, reply }] });
      assert.equal(getOrThrow(await exchange.dailyBars('AUSDT', ALL)()).day.length, 10);
      assert.equal(fake.requests.length, 2);
    });
  }

  it('ends a silent attempt with a timer by default', async () => {
    const { fake, time } = await always({ kind: 'hang' });
    const exchange = binanceExchange({
      baseUrl: fake.url,
      clock: time.clock,
      random: () => 0.5,
      attemptTimeout: 20,
      attempts: 1,
    });
    const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
    assert.match(failure.message, /: 1 attempts? .*no complete reply within 20 ms/);
  });

  it('reports that its address does not respond', async () => {
    const port = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        const free = typeof address === 'object' && address !== null ? address.port : 0;
        server.close(() => resolve(free));
      });
    });
    const { exchange } = await asking({ bars: BARS }, { baseUrl: `http://127.0.0.1:${port}` });
    const failure = await failureOf(exchange.metadata());
    assert.equal(
      failure.message,
      'Binance did not answer exchangeInfo: 5 attempts in 5.6 s, the last one failed with a broken connection (ECONNREFUSED). Try again later.',
    );
  });

  it('stops before the total time is exceeded', async () => {
    const { fake, exchange } = await always(status(500), { totalTimeout: 2000 });
    const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
    assert.match(failure.message, /: 3 attempts in 1\.1 s, /);
    assert.equal(fake.requests.length, 3);
  });

  it('draws the back-off within bounds and doubles it', async () => {
    for (const [random, waits] of [
      [0, [250, 500, 1000, 2000]],
      [0.999999, [500, 1000, 2000, 4000]],
    ] as const) {
      const { exchange, time } = await always(status(500), { random: () => random });
      await failureOf(exchange.dailyBars('AUSDT', ALL));
      assert.deepEqual(time.waits, waits);
    }
  });

  const refused: readonly {
    readonly reply: FaultyReply;
    readonly kind?: 'transient';
    readonly code: string;
    readonly sentence: string;
  }[] = [
    {
      reply: status(400, '{"code":-1100,"msg":"Illegal characters found in parameter."}'),
      code: 'upstream-incomplete',
      sentence: `Binance refused ${NAME}: HTTP 400, code -1100: "Illegal characters found in parameter.". A retry would get the same reply.`,
    },
    {
      reply: status(403, '<html>Forbidden</html>'),
      kind: 'transient',
      code: 'unavailable',
      sentence: `Binance refused ${NAME}: HTTP 403, from its firewall. Try again later. If this continues, Binance blocks requests from this address.`,
    },
    {
      reply: status(404, '<html>Not Found</html>'),
      code: 'configuration',
      sentence: `Binance refused ${NAME}: HTTP 404, without a Binance error code. Check the base URL, and that Binance accepts requests from this address.`,
    },
    {
      reply: status(451, '{"code":0,"msg":"Service unavailable from a restricted location"}'),
      code: 'upstream-incomplete',
      sentence: `Binance refused ${NAME}: HTTP 451, code 0: "Service unavailable from a restricted location". A retry would get the same reply.`,
    },
  ];
  for (const { reply, kind = 'permanent', code, sentence } of refused) {
    it(`is not requested again after ${/HTTP \d+/.exec(sentence)?.[0]}`, async () => {
      const { fake, exchange } = await always(reply);
      const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
      assert.deepEqual([failure.kind, failure.code], [kind, code]);
      assert.equal(failure.message, sentence);
      assert.equal(isUnknownSymbol(failure), false);
      assert.equal(fake.requests.length, 1);
    });
  }

  it('distinguishes an unknown symbol from other rejections', async () => {
    const { fake, exchange } = await asking({ bars: BARS });
    const failure = await failureOf(exchange.dailyBars('GONEUSDT', ALL));
    assert.equal(isUnknownSymbol(failure), true);
    assert.deepEqual([failure.kind, failure.code], ['permanent', 'upstream-incomplete']);
    assert.equal(
      failure.message,
      'Binance refused klines of GONEUSDT from 2024-01-01: HTTP 400, code -1121: "Invalid symbol.". A retry would get the same reply.',
    );
    assert.equal(fake.requests.length, 1);
  });

  it('pauses everything exactly as long as Retry-After says', async () => {
    const { fake, exchange, time, events } = await asking(
      { bars: BARS, faults: [{ times: 1, reply: tooManyRequests(7) }] },
      { concurrency: 1 },
    );
    const [a, b] = await Promise.all([
      exchange.dailyBars('AUSDT', ALL)(),
      exchange.dailyBars('BUSDT', ALL)(),
    ]);
    assert.deepEqual([getOrThrow(a).day.length, getOrThrow(b).day.length], [10, 10]);
    const start = fake.requests[0]?.at ?? Number.NaN;
    // The other symbol was next in the queue: it has to wait as well.
    assert.deepEqual(
      fake.requests.map(({ query, at }) => [query.symbol, at - start]),
      [
        ['AUSDT', 0],
        ['BUSDT', 7000],
        ['AUSDT', 7000],
      ],
    );
    assert.deepEqual(time.waits, [7000]);
    assert.deepEqual(events, [{ kind: 'rate-limited', request: NAME, milliseconds: 7000 }]);
  });

  it('pauses a minute after a 429 without Retry-After', async () => {
    const { exchange, time } = await asking({
      bars: BARS,
      faults: [{ times: 1, reply: tooManyRequests() }],
    });
    getOrThrow(await exchange.dailyBars('AUSDT', ALL)());
    assert.deepEqual(time.waits, [60_000]);
  });

  it('fails if every attempt gets a 429', async () => {
    const { fake, exchange } = await always(tooManyRequests(1));
    const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
    assert.match(
      failure.message,
      /5 attempts in 0\.0 s, the last one failed with HTTP 429, code -1003/,
    );
    assert.equal(fake.requests.length, 5);
  });

  it('does not wait for hours after a 429', async () => {
    const { fake, exchange, time } = await always(tooManyRequests(7200));
    const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
    assert.deepEqual([failure.kind, failure.code], ['transient', 'unavailable']);
    assert.match(
      failure.message,
      /^Binance accepts no requests until 2026-01-01T02:30:00\.000Z \(HTTP 429, code -1003: .+\), longer than the maximum wait\. Run again after that time\.$/,
    );
    await failureOf(exchange.dailyBars('BUSDT', ALL));
    assert.deepEqual([fake.requests.length, time.waits.length], [1, 0]);
  });

  it('stops everything at a 418: what is queued, what backs off and what comes later', async () => {
    let backsOff = (): void => undefined;
    const backingOff = new Promise<void>((resolve) => {
      backsOff = resolve;
    });
    const { fake, exchange, events } = await asking(
      {
        bars: BARS,
        faults: [
          { symbol: 'AUSDT', reply: status(500) },
          { path: 'exchangeInfo', reply: bannedFor(600) },
        ],
      },
      {
        concurrency: 1,
        // Only the ban ends this wait.
        sleep: (_, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve());
            backsOff();
          }),
      },
    );
    const first = failureOf(exchange.dailyBars('AUSDT', ALL));
    await backingOff;
    const failures = await Promise.all([
      first,
      failureOf(exchange.metadata()),
      ...Array.from({ length: 20 }, () => failureOf(exchange.dailyBars('BUSDT', ALL))),
    ]);
    failures.push(await failureOf(exchange.dailyBars('BUSDT', ALL)));
    for (const failure of failures) {
      assert.deepEqual([failure.kind, failure.code], ['transient', 'unavailable']);
      assert.equal(
        failure.message,
        'Binance has banned this IP address until 2026-01-01T00:40:00.000Z (HTTP 418, code -1003: "Way too much request weight used; IP banned.", to exchangeInfo). No further requests are sent, because they would prolong the ban. Find out what else uses this address.',
      );
    }
    assert.deepEqual(
      fake.requests.map(({ path }) => path),
      ['klines', 'exchangeInfo'],
    );
    assert.deepEqual(events.at(-1), { kind: 'banned', until: new Date('2026-01-01T00:40:00Z') });
  });

  it('answers again once a ban is over', async () => {
    let now = '2026-01-01T00:30:00Z';
    const { exchange } = await asking(
      { bars: BARS, faults: [{ times: 1, reply: bannedFor(120) }] },
      { clock: () => new Date(now) },
    );
    await failureOf(exchange.dailyBars('AUSDT', ALL));
    now = '2026-01-01T00:31:59Z';
    await failureOf(exchange.dailyBars('AUSDT', ALL));
    now = '2026-01-01T00:32:00Z';
    assert.equal(getOrThrow(await exchange.dailyBars('AUSDT', ALL)()).day.length, 10);
  });

  it("reads the end of a ban from Binance's message, else assumes the longest ban", async () => {
    const until = Date.parse('2026-01-01T05:00:00Z');
    const words = `{"code":-1003,"msg":"Way too many requests; IP banned until ${until}. Use the websocket."}`;
    for (const [body, end] of [
      [words, '2026-01-01T05:00:00.000Z'],
      ['', '2026-01-04T00:30:00.000Z'],
    ] as const) {
      const { exchange } = await always(status(418, body));
      const failure = await failureOf(exchange.dailyBars('AUSDT', ALL));
      assert.equal(failure.context?.until, end);
    }
  });

  it('limits the number of concurrent requests', async () => {
    for (const [concurrency, expected] of [
      [undefined, 6],
      [2, 2],
    ] as const) {
      // A reply comes when as many requests as may be are there, and nothing is ever ahead of them.
      let waiting: (() => void)[] = [];
      const { fake, exchange } = await asking(
        {
          bars: BARS,
          beforeReply: () =>
            new Promise((resolve) => {
              waiting.push(resolve);
              if (waiting.length < expected) return;
              for (const go of waiting) go();
              waiting = [];
            }),
        },
        concurrency === undefined ? {} : { concurrency },
      );
      const asked = Array.from({ length: 24 }, () => exchange.dailyBars('AUSDT', ALL)());
      for (const bars of await Promise.all(asked)) getOrThrow(bars);
      assert.equal(fake.mostAtATime(), expected);
    }
  });

  for (const [options, sentence] of [
    [
      { baseUrl: 'api.binance.com' },
      'Binance, base URL: expected an http or https address, got "api.binance.com"',
    ],
    [
      { baseUrl: 'https://reader:hunter2@api.binance.com' },
      'Binance, base URL: expected an address without a user and a password',
    ],
    [
      { weightPerMinute: 19 },
      'Binance, weight per minute: expected at least 20, which exchangeInfo takes, got 19',
    ],
  ] as const) {
    it(`rejects options with which no request could be sent: ${JSON.stringify(options)}`, async () => {
      const { exchange } = await asking({ bars: BARS }, options);
      for (const task of [exchange.metadata(), exchange.dailyBars('AUSDT', ALL)]) {
        const failure = await failureOf<unknown>(task);
        assert.deepEqual([failure.kind, failure.code], ['permanent', 'configuration']);
        assert.equal(failure.message, sentence);
      }
    });
  }
});
