import * as t from 'io-ts';
import { type Mode, Version } from '../../codec/primitives.js';
import type { NameBrand } from '../../codec/refined.js';
import { type EpochDay, isoDay } from '../../day.js';

/**
 * The name of a shadow release: text like a `Version`, but a separate type, so that code that
 * publishes versions cannot accept one. They share no folder and no codec.
 */
export const ShadowVersion = Object.assign(
  t.brand(
    t.string,
    (text): text is t.Branded<string, NameBrand<'ShadowVersion'>> => Version.is(text),
    'ShadowVersion',
  ),
  { schema: Version.schema },
);
export type ShadowVersion = t.TypeOf<typeof ShadowVersion>;

export const shadowVersionOf = (asOf: EpochDay, mode: Mode): ShadowVersion =>
  // A shadow version is the concatenation of a day and a validated mode.
  `${isoDay(asOf)}-${mode}` as ShadowVersion;
