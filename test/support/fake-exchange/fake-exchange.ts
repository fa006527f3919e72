import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type BarValues, barsOfCsv, barsOfFolder, correctBar, type FakeBars } from './fake-bars.js';
import { type Fault, faultFinder, sendFaulty } from './faults.js';
import { klinesReply } from './klines-reply.js';
import { type SymbolInfo, symbolInfo, symbolInfosOfCsv } from './symbol-infos.js';

export interface FakeExchangeOptions {
  /** A folder of `<SYMBOL>.csv`. */
  readonly dataDir?: string;
  /** CSV texts by symbol; they go before the files of `dataDir`. */
  readonly bars?: Readonly<Record<string, string>>;
  /** A metadata CSV file. */
  readonly metadataFile?: string;
  /** Entries of exchangeInfo. Default: as in `metadataFile`, else one per symbol with bars. */
  readonly symbols?: readonly SymbolInfo[];
  /** What the exchange takes for the present. Default: 2026-01-01, half past midnight. */
  readonly now?: () => Date;
  /** Default 6000, as Binance's. */
  readonly weightPerMinute?: number;
  /** Faults in the order in which they go before each other; may be added to while it runs. */
  readonly faults?: readonly Fault[];
  /** Awaited before each reply. */
  readonly beforeReply?: () => Promise<void>;
  /** Called once a request has been left without its reply, or without the rest of it. */
  readonly onHang?: (path: string, symbol: string | undefined) => void;
}

interface RecordedRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Milliseconds, by the exchange's clock. */
  readonly at: number;
  /** Weight used in its minute, this request included. */
  readonly used: number;
}

/** Binance Spot's public REST API as far as anyone uses it, on a port of this machine. */
export interface FakeExchange {
  readonly url: string;
  /** All requests so far, in the order of their arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The most requests that were without their reply at a time. */
  readonly mostAtATime: () => number;
  /** The most weight that one of the exchange's minutes has seen. */
  readonly mostUsed: () => number;
  readonly addFault: (fault: Fault) => void;
  /** Weight that someone else uses on the same IP address, now. */
  readonly useWeight: (weight: number) => void;
  readonly correct: (symbol: string, day: string, values: BarValues) => void;
  readonly close: () => Promise<void>;
}

const WEIGHTS: Readonly<Record<string, number>> = { klines: 2, exchangeInfo: 20 };
const MINUTE = 60_000;

const refusal = (code: number, msg: string) => ({
  status: 400,
  body: JSON.stringify({ code, msg }),
});

export const fakeExchange = async (options: FakeExchangeOptions): Promise<FakeExchange> => {
  const { weightPerMinute = 6000, now = () => new Date('2026-01-01T00:30:00Z') } = options;
  const folder = options.dataDir === undefined ? undefined : barsOfFolder(options.dataDir);
  const own = new Map(
    Object.entries(options.bars ?? {}).map(([symbol, text]) => [symbol, barsOfCsv(text)]),
  );
  const barsOf = (symbol: string): FakeBars | undefined => own.get(symbol) ?? folder?.of(symbol);
  const withBars = [...new Set([...own.keys(), ...(folder?.symbols ?? [])])];
  const symbols =
    options.symbols ??
    (options.metadataFile === undefined
      ? withBars.map((symbol) => symbolInfo(symbol))
      : symbolInfosOfCsv(readFileSync(options.metadataFile, 'utf8')));
  const listed = new Set(symbols.map(({ symbol }) => symbol));

  const faults: Fault[] = [...(options.faults ?? [])];
  const nextFault = faultFinder(faults);
  const requests: RecordedRequest[] = [];
  let underWay = 0;
  let mostAtATime = 0;
  let minute = 0;
  let used = 0;
  let mostUsed = 0;

  const useWeight = (weight: number): void => {
    const present = Math.floor(now().getTime() / MINUTE);
    used = present === minute ? used + weight : weight;
    minute = present;
    mostUsed = Math.max(mostUsed, used);
  };

  const replyTo = (path: string, query: URLSearchParams) => {
    if (path === 'exchangeInfo') {
      const serverTime = now().getTime();
      return { status: 200, body: JSON.stringify({ timezone: 'UTC', serverTime, symbols }) };
    }
    if (path !== 'klines') return { status: 404, body: '<html>Not Found</html>' };
    const symbol = query.get('symbol') ?? '';
    if (!listed.has(symbol) && barsOf(symbol) === undefined) {
      return refusal(-1121, 'Invalid symbol.');
    }
    if (query.get('interval') !== '1d') return refusal(-1120, 'Invalid interval.');
    return { status: 200, body: klinesReply(barsOf(symbol), query, now().getTime()) };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://exchange');
    const path = pathname.replace(/^\/api\/v3\//, '');
    useWeight(WEIGHTS[path] ?? 1);
    requests.push({ path, query: Object.fromEntries(searchParams), at: now().getTime(), used });
    response.setHeader('x-mbx-used-weight-1m', used);
    response.setHeader('date', now().toUTCString());
    response.setHeader('content-type', 'application/json;charset=UTF-8');
    underWay += 1;
    mostAtATime = Math.max(mostAtATime, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    const tooMuch = used > weightPerMinute;
    await options.beforeReply?.();
    const symbol = searchParams.get('symbol') ?? undefined;
    const fault = nextFault(path, symbol);
    if (tooMuch) {
      const seconds = Math.ceil(((minute + 1) * MINUTE - now().getTime()) / 1000);
      const body = JSON.stringify({ code: -1003, msg: 'Too much request weight used.' });
      response.writeHead(429, { 'retry-after': `${seconds}` }).end(body);
      return;
    }
    const { status, body } = replyTo(path, searchParams);
    if (fault === undefined) response.writeHead(status).end(body);
    else sendFaulty(response, fault, body);
    if (fault?.kind === 'hang') options.onHang?.(path, symbol);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((cause: unknown) =>
      response.destroy(cause instanceof Error ? cause : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    mostAtATime: () => mostAtATime,
    mostUsed: () => mostUsed,
    addFault: (fault) => {
      faults.push(fault);
    },
    useWeight,
    correct: (symbol, day, values) => {
      const bars = barsOf(symbol);
      if (bars === undefined) throw new Error(`No bars of ${symbol}`);
      correctBar(bars, day, values);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
