import type { ServerResponse } from 'node:http';

/** What a request gets instead of its reply. */
export type FaultyReply =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** Nothing, ever; or headers and half of the body, then nothing. */
  | { readonly kind: 'hang'; readonly midway?: boolean }
  /** The connection closes without a reply. */
  | { readonly kind: 'reset' }
  /** The connection closes in the middle of the body. */
  | { readonly kind: 'cut' }
  /** Half of the body, as if it were all of it. */
  | { readonly kind: 'truncate' }
  /** Another body in its place. */
  | { readonly kind: 'rewrite'; readonly rewrite: (body: string) => string };

/** Which requests it meets: `times` of the matching requests, from number `from` (1-based) on. */
export interface Fault {
  readonly path?: 'klines' | 'exchangeInfo';
  readonly symbol?: string;
  /** Default 1. */
  readonly from?: number;
  /** Default all. */
  readonly times?: number;
  readonly reply: FaultyReply;
}

const json = (code: number, msg: string): string => JSON.stringify({ code, msg });

export const status = (code: number, body = ''): FaultyReply => ({
  kind: 'status',
  status: code,
  body,
});

export const tooManyRequests = (retryAfterSeconds?: number): FaultyReply => ({
  kind: 'status',
  status: 429,
  ...(retryAfterSeconds === undefined
    ? {}
    : { headers: { 'retry-after': `${retryAfterSeconds}` } }),
  body: json(
    -1003,
    'Too much request weight used; current limit is 6000 request weight per 1 MINUTE.',
  ),
});

export const bannedFor = (retryAfterSeconds: number): FaultyReply => ({
  kind: 'status',
  status: 418,
  headers: { 'retry-after': `${retryAfterSeconds}` },
  body: json(-1003, 'Way too much request weight used; IP banned.'),
});

/** Another value in the body's place, made from the one that it states. */
export const rewritten = (change: (value: unknown) => unknown): FaultyReply => ({
  kind: 'rewrite',
  rewrite: (body) => JSON.stringify(change(JSON.parse(body))),
});

/** A cell of a row of klines changed. */
export const withCell = (row: number, cell: number, value: unknown): FaultyReply =>
  rewritten((rows) =>
    Array.isArray(rows)
      ? rows.map((cells: unknown, at) =>
          at === row && Array.isArray(cells)
            ? cells.map((old: unknown, place) => (place === cell ? value : old))
            : cells,
        )
      : rows,
  );

/** Which fault, if any, the next request meets; counts the requests that each one matches. */
export const faultFinder = (faults: readonly Fault[]) => {
  const seen = new Map<Fault, number>();
  return (path: string, symbol: string | undefined): FaultyReply | undefined => {
    let met: FaultyReply | undefined;
    for (const fault of faults) {
      if (fault.path !== undefined && path !== fault.path) continue;
      if (fault.symbol !== undefined && symbol !== fault.symbol) continue;
      const count = (seen.get(fault) ?? 0) + 1;
      seen.set(fault, count);
      const from = fault.from ?? 1;
      if (count >= from && count < from + (fault.times ?? Number.POSITIVE_INFINITY)) {
        met ??= fault.reply;
      }
    }
    return met;
  };
};

/** Answers with the fault in place of `body`. */
export const sendFaulty = (response: ServerResponse, fault: FaultyReply, body: string): void => {
  const half = body.slice(0, Math.ceil(body.length / 2));
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    case 'hang':
      if (fault.midway) response.writeHead(200, { 'content-length': body.length }).write(half);
      return;
    case 'reset':
      response.destroy();
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': Buffer.byteLength(body) });
      response.write(half, () => response.destroy());
      return;
    case 'truncate':
      response.writeHead(200).end(half);
      return;
    case 'rewrite':
      response.writeHead(200).end(fault.rewrite(body));
      return;
  }
};
