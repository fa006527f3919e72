import { baseAssetOf } from '../../codec/base-asset.js';
import { parseIsoDay } from '../../day.js';
import { churnBars } from '../charts/churn.js';
import { type Membership, membershipMap } from '../charts/membership.js';
import { emptyFigure, figure, table } from '../figure.js';
import { humanise, percent } from '../format.js';
import { type Html, html, NOTHING } from '../html.js';
import { commandLine, type LivePart, type MonthlyPool } from '../model.js';
import { FIRST, SECOND } from '../palette.js';

const MEMBERSHIP = {
  id: 'pool-membership',
  title: 'Pool membership over the months',
  help: 'One column a month, one row a symbol; the stronger the colour, the better the place in the pool.',
};
const CHURN = {
  id: 'pool-churn',
  title: 'Churn',
  help: 'The share of the pool that is new each month: bars the baseline, dots the challenger.',
};

const NOT_KNOWN = 'Other months are not for the release itself to say.';
const NO_SHADOW = 'No shadow history yet.';
const REPORT = 'live-pool report';

interface MonthRow extends MonthlyPool {
  readonly isPublished: boolean;
}

const monthOf = ({ asOfDate }: MonthlyPool): string => asOfDate.slice(0, 7);

/** The published pools, and the baseline's pools for months without a release. */
const monthsOf = ({ releases, shadow }: LivePart): readonly MonthRow[] => {
  const published = new Map(releases.map((one) => [monthOf(one), one]));
  const others = shadow?.tracks[0]?.pools.filter((one) => !published.has(monthOf(one))) ?? [];
  return [
    ...others.map((one) => ({ ...one, isPublished: false })),
    ...[...published.values()].map((one) => ({ ...one, isPublished: true })),
  ].sort((a, b) => (a.asOfDate < b.asOfDate ? -1 : 1));
};

const MOST_MONTHS = 48;
const MOST_NAMES = 40;

const membershipOf = (all: readonly MonthRow[]): Membership => {
  const months = all.slice(-MOST_MONTHS);
  const seen = new Map<string, number>();
  for (const { symbols } of months)
    for (const symbol of symbols) seen.set(symbol, (seen.get(symbol) ?? 0) + 1);
  const symbols = [...seen]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_NAMES)
    .map(([symbol]) => symbol);
  return {
    months: months.map(({ asOfDate }) => parseIsoDay(asOfDate)),
    names: symbols.map(baseAssetOf),
    poolSize: Math.max(...months.map((month) => month.symbols.length)),
    cells: months.flatMap(({ symbols: pool, isPublished }, month) =>
      pool.flatMap((symbol, at) => {
        const name = symbols.indexOf(symbol);
        return name < 0 ? [] : [{ month, name, place: at + 1, isPublished }];
      }),
    ),
  };
};

const membership = (live: LivePart): Html => {
  const months = monthsOf(live);
  if (months.length === 0)
    return emptyFigure(MEMBERSHIP, 'No release yet.', commandLine(live, 'status'));
  const published = months.some(({ isPublished }) => isPublished);
  const chosen = months.some(({ isPublished }) => !isPublished);
  return figure({
    ...MEMBERSHIP,
    legend: [
      ...(published ? [{ name: 'published', color: 'var(--c1)' }] : []),
      ...(chosen ? [{ name: 'what the method would have chosen', color: 'var(--c3)' }] : []),
    ],
    draw: (canvas) => membershipMap(membershipOf(months), canvas),
    table: table<MonthRow>(
      [
        { head: 'As of', cell: ({ asOfDate }) => asOfDate },
        { head: 'Pool', cell: ({ symbols }) => symbols.map(baseAssetOf).join(' ') },
        { head: '', cell: ({ isPublished }) => (isPublished ? 'published' : '') },
      ],
      [...months].reverse(),
    ),
  });
};

const churn = (live: LivePart): Html => {
  const { shadow } = live;
  const build = commandLine(live, live.shadowBuild);
  if (shadow === undefined) return emptyFigure(CHURN, NO_SHADOW, build);
  const { scorecard } = shadow;
  const ids = [
    scorecard.baseline,
    ...scorecard.comparisons.map(({ track_id }) => track_id),
  ] as const;
  const dates = [...new Set(scorecard.months.map(({ rebalance_date }) => rebalance_date))].sort();
  const churnOf = (date: string, id: string): number | null => {
    const values: Readonly<Record<string, number | null>> =
      scorecard.months.find((one) => one.rebalance_date === date && one.track_id === id)?.values ??
      {};
    return values.pool_churn ?? null;
  };
  const months = dates.map((date) => ({
    date,
    day: parseIsoDay(date),
    baseline: churnOf(date, scorecard.baseline),
    others: ids.slice(1).map((id) => churnOf(date, id)),
  }));
  const known = months.map(({ baseline }) => baseline).filter((one) => one !== null);
  if (known.length === 0)
    return emptyFigure(CHURN, 'Churn takes two months; the shadow history has fewer.', build);
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  return figure({
    ...CHURN,
    legend: ids.map((id, n) => ({
      name: humanise(id),
      color: n === 0 ? FIRST : SECOND,
      shape: n === 0 ? 'box' : 'dot',
    })),
    draw: (canvas) => churnBars(months.slice(-MOST_MONTHS), mean, canvas),
    table: table(
      [
        { head: 'Month', cell: ({ date }) => date },
        { head: humanise(ids[0]), cell: ({ baseline }) => percent(baseline), isNumber: true },
        ...ids.slice(1).map((id, n) => ({
          head: humanise(id),
          cell: ({ others }: (typeof months)[number]) => percent(others[n]),
          isNumber: true,
        })),
      ],
      [...months].reverse(),
    ),
  });
};

/** The pool's members by month, and how much of the pool changed. */
export const months = (live: LivePart | undefined): Html => {
  if (live === undefined)
    return html`${emptyFigure(MEMBERSHIP, NOT_KNOWN, REPORT)}${emptyFigure(CHURN, NOT_KNOWN, REPORT)}`;
  const note =
    live.shadow === undefined && live.releases.length > 0
      ? html`<p class="note">Months before the first release: ${NO_SHADOW} Run: <code>${commandLine(live, live.shadowBuild)}</code></p>`
      : NOTHING;
  return html`${membership(live)}${note}${churn(live)}`;
};
