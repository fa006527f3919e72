export const scoreText = (value: number | null | undefined): string => value?.toFixed(3) ?? '–';

/** A change with its sign; empty for no change. */
export const signed = (change: number, digits: number): string => {
  const text = change.toFixed(digits);
  if (Number(text) === 0) return '';
  return change > 0 ? `+${text}` : text;
};

const LABELS: Readonly<Record<string, string>> = {
  latest_universe: 'universe',
  latest_ranking: 'ranking',
  live_pool: 'pool',
  live_pool_legacy: 'legacy',
  artifact_manifest: 'manifest',
};

/** A short label, so that a checksum fits beside it. */
export const artifactLabel = (name: string): string => LABELS[name] ?? name;
