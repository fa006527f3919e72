import { baseAssetOf } from '../../codec/base-asset.js';
import { table } from '../figure.js';
import { type Html, html } from '../html.js';
import type { ReleasePart } from '../model.js';

interface Change {
  readonly symbol: string;
  /** From 1; undefined if the symbol is not a member. */
  readonly before: number | undefined;
  readonly now: number | undefined;
}

const placeIn = (pool: readonly string[], symbol: string): number | undefined => {
  const at = pool.indexOf(symbol);
  return at < 0 ? undefined : at + 1;
};

const verdictOf = ({ before, now }: Change): Html => {
  if (before === undefined) return html`<span class="tag in">entered</span>`;
  if (now === undefined) return html`<span class="tag out">left</span>`;
  if (before === now) return html`<span class="tag">stays</span>`;
  const up = now < before;
  const places = Math.abs(now - before);
  return html`<span class="tag">${up ? '▲' : '▼'} ${up ? 'up' : 'down'} ${places}</span>`;
};

const summaryOf = (changes: readonly Change[]): string => {
  const names = (found: readonly Change[]) =>
    found.map(({ symbol }) => baseAssetOf(symbol)).join(', ');
  const entered = changes.filter(({ before }) => before === undefined);
  const left = changes.filter(({ now }) => now === undefined);
  if (entered.length === 0 && left.length === 0) {
    const moved = changes.some(({ before, now }) => before !== now);
    return moved ? 'The same members in another order.' : 'Nothing has changed.';
  }
  const parts = [
    entered.length > 0 ? `${names(entered)} entered` : '',
    left.length > 0 ? `${names(left)} left` : '',
  ];
  return `${parts.filter((one) => one !== '').join('; ')}.`;
};

/** The symbols that entered, left or moved since the previous pool. */
export const changes = ({ version, pool, evidence }: ReleasePart): Html => {
  if (evidence === undefined)
    return html`<p>The pool before is not known: the ranking of this release was not kept.</p>`;
  const { ranked } = evidence;
  const restated =
    ranked === version
      ? undefined
      : html`<p>This release restates ${ranked}. What follows is what ${ranked} changed when it was made, not what readers saw in between.</p>`;
  const { previous_pool: previousPool } = evidence.ranking;
  if (previousPool === undefined)
    return html`<p>The pool before is not known: the ranking of this release was kept without it.</p>`;
  if (previousPool.length === 0)
    return html`${restated}<p>There was no pool before ${restated === undefined ? 'this one' : ranked}: all ${pool.length} members were new.</p>`;
  const gone = previousPool.filter((symbol) => !pool.includes(symbol));
  const rows = [...pool, ...gone].map((symbol) => ({
    symbol,
    before: placeIn(previousPool, symbol),
    now: placeIn(pool, symbol),
  }));
  return html`${restated}<p class="lead">${summaryOf(rows)}</p>${table(
    [
      { head: 'Symbol', cell: ({ symbol }) => html`<b>${baseAssetOf(symbol)}</b>` },
      { head: 'Before', cell: ({ before }) => String(before ?? '–'), isNumber: true },
      { head: 'Now', cell: ({ now }) => String(now ?? '–'), isNumber: true },
      { head: 'Change', cell: verdictOf },
    ],
    rows,
  )}`;
};
