import type { ExplainedSymbol, Shortfall } from '../evidence/explanation.js';
import type { RankingEvidence } from '../evidence/ranking.js';
import type { MetadataRule } from '../ranking/universe/metadata.js';

export type CandidateEvidence = RankingEvidence['candidates'][number];
type FailedChecks = NonNullable<CandidateEvidence['daily']>['failed'];
type Measured = NonNullable<CandidateEvidence['daily']>['measured'];

const METADATA_MEANING: Readonly<Record<MetadataRule, string>> = {
  no_metadata: 'the exchange lists no such pair',
  not_trading: 'it is not trading',
  quote_asset: 'it is not quoted in USDT',
  not_spot: 'it is not traded on the spot market',
  excluded_base_asset: 'its base asset is excluded: a stable coin, Bitcoin or BNB',
  high_noise: 'its base asset is on the list of high-noise names',
  leveraged_token: 'its name contains UP, DOWN, BULL or BEAR, as names of leveraged tokens do',
};

const meanings: ReadonlyMap<string, string> = new Map(Object.entries(METADATA_MEANING));

export const metadataFailures = (rules: readonly string[]): ExplainedSymbol['metadata_failures'] =>
  rules.map((rule) => ({ rule, meaning: meanings.get(rule) ?? rule }));

export const shortfalls = (failed: FailedChecks, measures: Measured): readonly Shortfall[] =>
  failed.map(({ rule, measure, minimum }) => {
    const measured = measures[measure] ?? null;
    const short_by = measured === null ? null : minimum - measured;
    return { rule, measure, measured, minimum, short_by };
  });

/** The rules that a candidate fails, each once: METHOD §5, then the reasons for missing bars. */
export const failedRules = ({
  metadata_failures,
  is_benchmark,
  daily,
  loaded,
  prefilter,
}: CandidateEvidence): readonly string[] => {
  const failed = [
    metadata_failures.length > 0 && 'metadata',
    is_benchmark && 'benchmark',
    ...(daily?.failed ?? []).map(({ rule }) => rule),
    !loaded && prefilter !== null && 'prefilter',
    daily === null && prefilter === null && metadata_failures.length === 0 && 'no_bars',
    loaded && daily === null && prefilter !== null && 'no_bars',
  ];
  return [...new Set(failed.filter((rule) => rule !== false))];
};

export const membershipStatus = (
  candidate: CandidateEvidence,
  { selected }: { readonly selected: boolean },
): ExplainedSymbol['standing'] => {
  if (selected) return 'pool';
  if (candidate.in_universe) return 'universe';
  if (candidate.daily?.eligible) return 'unconfirmed';
  const kept = candidate.metadata_failures.length === 0 && !candidate.is_benchmark;
  return kept && !candidate.loaded ? 'not_loaded' : 'ineligible';
};
