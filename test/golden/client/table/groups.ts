import type { Vector } from './base.js';
import { dates } from './dates.js';
import { fallbacks } from './fallbacks.js';
import { identity } from './identity.js';
import { pools } from './pools.js';
import { remembering } from './remembering.js';
import { sealed } from './sealed.js';
import { symbols } from './symbols.js';

/** The vectors by the name of their file. */
export const groups: Readonly<Record<string, readonly Vector[]>> = {
  dates,
  fallbacks,
  identity,
  pools,
  remembering,
  sealed,
  symbols,
};

/** One vector a line; the formatter does the rest. */
export const textOf = (vectors: readonly Vector[]): string =>
  `[\n${vectors.map((vector) => JSON.stringify(vector)).join(',\n')}\n]\n`;
