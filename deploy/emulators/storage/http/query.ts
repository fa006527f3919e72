import type { Conditions } from '../model/conditions.js';
import type { ListQuery } from '../model/listing.js';
import type { At } from '../model/object.js';
import { invalid } from '../model/storage-error.js';

/** A header as one string. */
export const headerOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(',');

/** A 64-bit integer, which the service's JSON writes as a string. All values here are exact. */
export const integerOf = (name: string, text: string | number): number => {
  const value = /^\d+$/.test(String(text)) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw invalid(`${name}: expected a non-negative integer, got "${text}".`);
  return value;
};

export const textIn = (query: URLSearchParams, name: string): string | undefined =>
  query.get(name) ?? undefined;

const integerIn = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  return text === null ? undefined : integerOf(name, text);
};

export const conditionsIn = (query: URLSearchParams, of: '' | 'Source' = ''): Conditions => ({
  ifGenerationMatch: integerIn(query, `if${of}GenerationMatch`),
  ifGenerationNotMatch: integerIn(query, `if${of}GenerationNotMatch`),
  ifMetagenerationMatch: integerIn(query, `if${of}MetagenerationMatch`),
  ifMetagenerationNotMatch: integerIn(query, `if${of}MetagenerationNotMatch`),
});

export const atIn = (query: URLSearchParams): At => ({
  generation: integerIn(query, 'generation'),
  ...conditionsIn(query),
});

export const sourceAtIn = (query: URLSearchParams): At => ({
  generation: integerIn(query, 'sourceGeneration'),
  ...conditionsIn(query, 'Source'),
});

const MAXIMUM_RESULTS = 1000;

export const listQueryIn = (query: URLSearchParams): ListQuery => ({
  prefix: query.get('prefix') ?? '',
  delimiter: query.get('delimiter') ?? '',
  startOffset: query.get('startOffset') ?? '',
  endOffset: textIn(query, 'endOffset'),
  maxResults: Math.min(integerIn(query, 'maxResults') || MAXIMUM_RESULTS, MAXIMUM_RESULTS),
  pageToken: textIn(query, 'pageToken'),
});
