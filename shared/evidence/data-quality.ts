import * as t from 'io-ts';
import { Count } from '../codec/count.js';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, Finite } from '../codec/primitives.js';
import { RULES } from '../market-data/quality/finding.js';

const RuleName = t.keyof(RULES, 'Rule');

const FindingEntry = exactObject('Finding', {
  symbol: t.string,
  date: t.union([AsOfDate, t.null], 'AsOfDate or null'),
  rule: RuleName,
  // A market with refusing findings has no report.
  severity: t.literal('report'),
  values: t.record(t.string, t.union([Finite, t.string], 'Finite or string')),
});

/** `evidence/<version>/data-quality/<snapshot>.json`: the findings about a sealed snapshot. */
export const QualityReport = exactObject('QualityReport', {
  schema_version: t.literal(1),
  as_of_date: AsOfDate,
  source: t.string,
  /** The as-of day of the sealed snapshot that the histories were compared with. */
  compared_with: t.union([AsOfDate, t.null], 'AsOfDate or null'),
  checked: exactObject('Checked', {
    /** Symbols whose bars were requested. */
    symbols: Count,
    bars: Count,
    /** Candidates that must have a bar of the as-of day, and candidates that have it. */
    candidates: Count,
    covered: Count,
  }),
  /** Findings per rule, the ones not listed included. */
  counts: t.record(RuleName, Count),
  /** By symbol, date and rule; those about whole symbols and the newest, if there are too many. */
  findings: t.readonlyArray(FindingEntry, 'array of Finding'),
  findings_not_listed: Count,
});
export type QualityReport = t.TypeOf<typeof QualityReport>;
