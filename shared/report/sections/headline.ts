import { baseAssetOf } from '../../codec/base-asset.js';
import { addDays, dayOf, isoDay, parseIsoDay } from '../../day.js';
import { count, longDate } from '../format.js';
import { type Html, html } from '../html.js';
import { commandLine, type LivePart, type ReportModel } from '../model.js';

const fact = (name: string, value: Html | string, tone = ''): Html =>
  html`<div class="fact ${tone}"><dt>${name}</dt><dd>${value}</dd></div>`;

/** A good state of the release applies to readers only if they see what the ledger promoted. */
const toneOf = ({ deviations }: LivePart): string => (deviations.length === 0 ? 'good' : '');

const freshness = (asOfDate: string, live: LivePart): Html => {
  const { asked, maxAgeDays } = live;
  const age = dayOf(new Date(asked)) - parseIsoDay(asOfDate);
  const until = longDate(isoDay(addDays(parseIsoDay(asOfDate), maxAgeDays)));
  if (age < 0) return fact('Freshness', 'Dated after today', 'bad');
  if (age > maxAgeDays)
    return fact(
      'Freshness',
      html`<b>Stale</b>: ${count(age, 'day')} old, was accepted until ${until}`,
      'bad',
    );
  return fact(
    'Freshness',
    html`<b>Fresh</b>: ${count(age, 'day')} old, accepted until ${until}`,
    toneOf(live),
  );
};

const promotions = (version: string, live: LivePart): Html => {
  const own = live.ledger.filter((entry) => entry.version === version);
  const last = own.at(-1);
  const isSeen = live.deviations.length === 0;
  if (live.head?.version === version)
    return fact(
      'Promotion',
      html`<b>No. ${live.head.seq}</b>, ${isSeen ? 'what readers see now' : 'current by the ledger'}${
        last === undefined ? '' : `, since ${longDate(last.promoted_at)}`
      }`,
      toneOf(live),
    );
  const other = live.head === null ? 'nothing' : live.head.version;
  const now = isSeen && live.head !== null ? `readers see ${other}` : `${other} is current`;
  if (last === undefined) return fact('Promotion', `Never promoted; ${now}`);
  return fact('Promotion', `Was no. ${last.seq}; ${now}`, 'bad');
};

const readers = (live: LivePart): Html => {
  const { head, deviations } = live;
  return deviations.length === 0
    ? fact(
        'current/ and document',
        head === null ? 'Nothing has been promoted yet' : html`<b>Agree</b> with the ledger`,
        head === null ? '' : 'good',
      )
    : fact(
        'current/ and document',
        html`<b>Deviate</b>: ${deviations.join(', ')}. Run: <code>${commandLine(live, 'status')}</code>`,
        'bad',
      );
};

/** The pool in its order, and whether it is what readers see. */
export const headline = ({ release, live }: ReportModel): Html => {
  const { version, asOfDate, mode, pool, isDryRun, sourceRevision, generatedAt, evidence } =
    release;
  return html`<header class="page-head">
<p class="kicker">Live pool · ${mode}${isDryRun ? ' · dry run, not released' : ''}</p>
<h1>Pool of ${longDate(asOfDate)}</h1>
<ol class="pool" aria-label="The pool in its order">${pool.map(
    (symbol, at) =>
      html`<li><span class="place">${at + 1}</span><b>${baseAssetOf(symbol)}</b><span class="pair">${symbol}</span></li>`,
  )}</ol>
<dl class="facts">${fact('Version', html`<code>${version}</code>`)}${fact('As of', html`${longDate(asOfDate)}${evidence === undefined || evidence.ranked === version ? '' : `, restating ${evidence.ranked}`}${evidence === undefined ? '' : `, the best ${pool.length} of a universe of ${evidence.ranking.universe.length}`}`)}${
    live === undefined
      ? fact(
          'Freshness and promotion',
          html`Not for the release itself to say. Run: <code>live-pool report</code>`,
        )
      : html`${freshness(asOfDate, live)}${promotions(version, live)}${readers(live)}`
  }${fact(
    'Made',
    html`${generatedAt.slice(0, 16).replace('T', ' ')} UTC${
      sourceRevision === undefined
        ? undefined
        : html` by <code>${sourceRevision.slice(0, 12)}</code>`
    }`,
  )}</dl>
</header>`;
};
