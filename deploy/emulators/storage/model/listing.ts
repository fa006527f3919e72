import { invalid } from './storage-error.js';

export interface ListQuery {
  readonly prefix: string;
  /** Names with the delimiter after the prefix are grouped into one entry; '' groups nothing. */
  readonly delimiter: string;
  /** Inclusive. */
  readonly startOffset: string;
  /** Exclusive. */
  readonly endOffset: string | undefined;
  readonly maxResults: number;
  readonly pageToken: string | undefined;
}

export interface Page {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
  readonly nextPageToken: string | undefined;
}

/** By UTF-8 bytes; JavaScript's string order differs outside the basic plane. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const tokenOf = (lastKey: string): string => Buffer.from(lastKey).toString('base64url');
const lastKeyOf = (token: string): string => {
  const lastKey = Buffer.from(token, 'base64url').toString();
  if (tokenOf(lastKey) !== token) throw invalid(`Invalid page token: "${token}".`);
  return lastKey;
};

/**
 * One page of names, in byte order. Its token encodes the entry after which the next page begins.
 */
export const page = (names: Iterable<string>, query: ListQuery): Page => {
  const { prefix, delimiter, startOffset, endOffset, maxResults, pageToken } = query;
  const wanted = [...names].filter(
    (name) =>
      name.startsWith(prefix) &&
      byBytes(name, startOffset) >= 0 &&
      (endOffset === undefined || byBytes(name, endOffset) < 0),
  );
  const keys = new Map<string, 'name' | 'prefix'>();
  for (const name of wanted.sort(byBytes)) {
    const cut = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
    if (cut < 0) keys.set(name, 'name');
    else keys.set(name.slice(0, cut + delimiter.length), 'prefix');
  }
  const after = pageToken === undefined ? undefined : lastKeyOf(pageToken);
  const rest = [...keys].filter(([key]) => after === undefined || byBytes(key, after) > 0);
  const shown = rest.slice(0, maxResults);
  const last = shown.at(-1);
  const keysOf = (kind: 'name' | 'prefix'): readonly string[] =>
    shown.filter(([, found]) => found === kind).map(([key]) => key);
  return {
    names: keysOf('name'),
    prefixes: keysOf('prefix'),
    nextPageToken: rest.length > shown.length && last !== undefined ? tokenOf(last[0]) : undefined,
  };
};
