import { baseAssetOf } from '../../codec/base-asset.js';
import { addDays, isoDay, parseIsoDay } from '../../day.js';
import type { RankingEvidence } from '../../evidence/ranking.js';
import { BENCHMARK } from '../../ranking/parameters.js';
import { weeklyDaysUpTo } from '../../ranking/weekly-days.js';
import { epochDay } from '../../units.js';
import { type PriceLine, priceLines } from '../charts/price-lines.js';
import { emptyFigure, figure, table } from '../figure.js';
import { price, signedPercent } from '../format.js';
import type { Html } from '../html.js';

const ABOUT = {
  id: 'price-paths',
  title: 'Prices of the members over two years',
  help: 'Weekly closes, 100 at the start; equal heights are equal gains, BTC is dotted.',
};

const WEEK = 7;

interface PricePath extends Omit<PriceLine, 'index'> {
  readonly symbol: string;
  readonly closes: readonly number[];
}

/** The known closes of each symbol; one that is listed later starts later. */
const pathsOf = ({ as_of_date, price_history = [] }: RankingEvidence): readonly PricePath[] => {
  const weeks = weeklyDaysUpTo(parseIsoDay(as_of_date));
  return price_history.map(({ symbol, closes }) => {
    const known = closes.flatMap((close, week) =>
      close === null || close <= 0 ? [] : [{ close, week }],
    );
    return {
      symbol,
      name: baseAssetOf(symbol),
      isBenchmark: symbol === BENCHMARK,
      days: known.map(({ week }) => weeks[week] ?? epochDay(0)),
      closes: known.map(({ close }) => close),
    };
  });
};

const lineOf = (path: PricePath): PriceLine => ({
  ...path,
  index: path.closes.map((close) => (100 * close) / (path.closes[0] ?? close)),
});

/** The return from the close of a number of weeks ago, if there was one, to the last close. */
const returnOver = ({ days, closes }: PricePath, weeks: number): number | undefined => {
  const before = closes[days.indexOf(addDays(days.at(-1) ?? epochDay(0), -WEEK * weeks))];
  const now = closes.at(-1);
  return before === undefined || now === undefined ? undefined : now / before - 1;
};

const returnOfAll = ({ closes }: PricePath): number => (closes.at(-1) ?? 0) / (closes[0] ?? 1) - 1;

export const prices = (ranking: RankingEvidence): Html => {
  const known = pathsOf(ranking).filter(({ days }) => days.length > 1);
  if (known.length === 0)
    return emptyFigure(
      ABOUT,
      'The ranking of this release was kept without the prices of its members.',
      'live-pool run',
    );
  return figure({
    ...ABOUT,
    draw: (canvas) => priceLines(known.map(lineOf), canvas),
    table: table<PricePath>(
      [
        { head: 'Symbol', cell: ({ symbol }) => symbol },
        { head: 'From', cell: ({ days }) => isoDay(days[0] ?? epochDay(0)) },
        { head: 'Last close', cell: ({ closes }) => price(closes.at(-1)), isNumber: true },
        ...[4, 13, 52].map((weeks) => ({
          head: `${weeks} weeks`,
          cell: (path: PricePath) => signedPercent(returnOver(path, weeks)),
          isNumber: true,
        })),
        {
          head: 'All',
          cell: (path) => signedPercent(returnOfAll(path)),
          isNumber: true,
        },
      ],
      known,
    ),
  });
};
