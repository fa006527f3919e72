/** A symbol's place in a ranking. */
interface Placed {
  readonly rank: number | null;
  readonly final_score: number | null;
}

/** The fields of a release that a comparison needs. */
export interface DiffSide {
  readonly version: string;
  /** The release that was ranked: for a restatement its original; null without evidence. */
  readonly ranked: string | null;
  /** In pool order. */
  readonly members: readonly string[];
  /** Rank and score of each symbol of the universe. */
  readonly places: ReadonlyMap<string, Placed>;
  readonly regime: string | null;
  readonly weights: Readonly<Record<string, number>> | null;
  /** Rules, thresholds and parameters by path. */
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly sourceRevision: string | null;
  readonly sha256: Readonly<Record<string, string>>;
}

const changed = <A>(from: A, to: A) => ({ from, to });

const membersDiff = (a: readonly string[], b: readonly string[]) => {
  const placed = (symbols: readonly string[], others: readonly string[]) =>
    symbols.flatMap((symbol, index) =>
      others.includes(symbol) ? [] : [{ symbol, rank: index + 1 }],
    );
  return {
    entered: placed(b, a),
    left: placed(a, b),
    moved: b.flatMap((symbol, index) => {
      const before = a.indexOf(symbol);
      return before < 0 || before === index ? [] : [{ symbol, ...changed(before + 1, index + 1) }];
    }),
  };
};

const difference = (from: number | null | undefined, to: number | null | undefined) =>
  from == null || to == null ? null : to - from;

/** Ordered by the later rank; symbols that have left the universe come last, by earlier rank. */
const universeDiff = (a: DiffSide['places'], b: DiffSide['places']) => {
  const last = Number.POSITIVE_INFINITY;
  return [...new Set([...b.keys(), ...a.keys()])]
    .map((symbol) => {
      const [from, to] = [a.get(symbol), b.get(symbol)];
      return {
        symbol,
        from: from ?? null,
        to: to ?? null,
        rank_change: difference(from?.rank, to?.rank),
        score_change: difference(from?.final_score, to?.final_score),
      };
    })
    .sort(
      (x, y) =>
        (x.to === null ? 1 : 0) - (y.to === null ? 1 : 0) ||
        ((x.to ?? x.from)?.rank ?? last) - ((y.to ?? y.from)?.rank ?? last) ||
        (x.symbol < y.symbol ? -1 : 1),
    );
};

const parametersDiff = (a: DiffSide['parameters'], b: DiffSide['parameters']) =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => a[name] !== b[name])
    .sort()
    .map((name) => ({ name, ...changed(a[name] ?? null, b[name] ?? null) }));

/** The differences between two releases; scripts rely on the names. */
export const diffReleases = (a: DiffSide, b: DiffSide) => ({
  from: a.version,
  to: b.version,
  ranked: changed(a.ranked, b.ranked),
  members: membersDiff(a.members, b.members),
  universe: universeDiff(a.places, b.places),
  regime: changed(a.regime, b.regime),
  weights: changed(a.weights, b.weights),
  /** Null if one of the releases has no evidence. */
  parameters:
    a.ranked === null || b.ranked === null ? null : parametersDiff(a.parameters, b.parameters),
  source_revision: changed(a.sourceRevision, b.sourceRevision),
  artifacts: Object.keys(b.sha256).map((name) => ({
    name,
    same: a.sha256[name] === b.sha256[name],
    ...changed(a.sha256[name] ?? null, b.sha256[name] ?? null),
  })),
});
export type ReleaseDiff = ReturnType<typeof diffReleases>;
