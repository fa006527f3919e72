import { baseAssetOf } from '../../codec/base-asset.js';
import type { QualityReport } from '../../evidence/data-quality.js';
import { table } from '../figure.js';
import { amount, count, humanise } from '../format.js';
import { type Html, html } from '../html.js';

type Finding = QualityReport['findings'][number];

const LISTED = 20;

const valuesText = ({ values }: Finding): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        `${name.replaceAll('_', ' ')} ${typeof value === 'number' ? amount(value) : value}`,
    )
    .join(', ');

const newestFirst = (a: Finding, b: Finding): number => {
  const [dayA, dayB] = [a.date ?? '9999', b.date ?? '9999'];
  return dayA === dayB ? 0 : dayA < dayB ? 1 : -1;
};

/** The findings of the data-quality gate. */
export const quality = (report: QualityReport | undefined): Html => {
  if (report === undefined)
    return html`<p>The data-quality report of this release is not there. Run: <code>live-pool run</code></p>`;
  const { checked, counts, findings, findings_not_listed, source } = report;
  const broken = Object.entries(counts)
    .filter(([, size]) => size > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const missing = checked.candidates - checked.covered;
  const newest = [...findings].sort(newestFirst).slice(0, LISTED);
  return html`<p class="lead">${count(checked.bars, 'bar')} of ${count(checked.symbols, 'symbol')} from ${source}; ${amount(checked.covered)} of ${count(checked.candidates, 'candidate')} ${
    missing === 0 ? 'have' : `(${amount(missing)} missing) have`
  } a bar of the as-of day. Nothing that the gate refuses was found.</p>${
    broken.length === 0
      ? html`<p>Nothing was found that it reports either.</p>`
      : html`${table<(typeof broken)[number]>(
          [
            { head: 'Seen', cell: ([rule]) => humanise(rule) },
            { head: 'Findings', cell: ([, size]) => amount(size), isNumber: true },
          ],
          broken,
        )}<details><summary>The newest ${newest.length} of ${amount(findings.length + findings_not_listed)} findings</summary>${table<Finding>(
          [
            { head: 'Symbol', cell: ({ symbol }) => baseAssetOf(symbol) },
            { head: 'Date', cell: ({ date }) => date ?? '' },
            { head: 'Seen', cell: ({ rule }) => humanise(rule) },
            { head: 'Values', cell: valuesText, isProse: true },
          ],
          newest,
        )}</details>`
  }`;
};
