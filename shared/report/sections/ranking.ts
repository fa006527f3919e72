import { baseAssetOf } from '../../codec/base-asset.js';
import type { Explanation } from '../../evidence/explanation.js';
import type { RankingEvidence } from '../../evidence/ranking.js';
import { boundaryText, moveText, weightText } from '../../explanation/boundary-text.js';
import { COMPONENTS, rankingBars } from '../charts/ranking-bars.js';
import { figure, table } from '../figure.js';
import { decimal, percent } from '../format.js';
import { type Html, html, NOTHING } from '../html.js';
import { COMPONENT_COLOUR } from '../palette.js';

type Symbols = Explanation['symbols'];

const boundaryLabel = ({ boundary: { margin, tie, last_bits } }: Explanation) => {
  const short = tie
    ? 'tie-break'
    : last_bits
      ? 'by rounding alone'
      : `margin ${decimal(margin, 4)}`;
  return { short, long: `end of the pool, ${short}` };
};

const scoreTable = (ranked: Symbols): Html =>
  table(
    [
      { head: '#', cell: ({ rank }) => String(rank ?? ''), isNumber: true },
      { head: 'Symbol', cell: ({ symbol }) => symbol },
      { head: 'Final', cell: ({ scores }) => decimal(scores?.final_score, 4), isNumber: true },
      ...COMPONENTS.map((name) => ({
        head: `+ ${name}`,
        cell: ({ scores }: Symbols[number]) => decimal(scores?.[name].contribution, 4),
        isNumber: true,
      })),
      { head: 'Confidence', cell: ({ scores }) => decimal(scores?.confidence), isNumber: true },
    ],
    ranked,
  );

/** The smallest change of each kind. */
const LISTED = 4;

const sensitivity = (version: string, { boundary, sensitivity: found }: Explanation): Html => {
  if (boundary.first_out === null) return NOTHING;
  const moves = found.moves.filter(({ places }) => places !== null).slice(0, LISTED);
  const weights = found.weights.filter(({ to }) => to !== null).slice(0, LISTED);
  return html`<h3>What it would have taken</h3>
<ul class="plain">${
    moves.length === 0
      ? html`<li>No move of one symbol in one component would have changed the pool.</li>`
      : moves.map((one) => html`<li>${moveText(one)}</li>`)
  }${
    weights.length === 0
      ? html`<li>No other weight of one component would have changed the pool.</li>`
      : weights.map((one) => html`<li>${weightText(one)}</li>`)
  }</ul>
<p class="note">The smallest moves of one symbol in one component, and the nearest other weights of one component, the rest scaled. All of them, and every symbol: <code>live-pool explain --version ${version}</code></p>`;
};

/** All symbols of the universe by score, and the margin at the end of the pool. */
export const ranking = (
  version: string,
  evidence: RankingEvidence,
  explanation: Explanation,
): Html => {
  const ranked = explanation.symbols.filter(({ rank }) => rank !== null);
  const { weights } = explanation;
  const bars = ranked.map(({ symbol, rank, selected, scores }) => ({
    name: baseAssetOf(symbol),
    rank: rank ?? 0,
    selected,
    score: scores?.final_score ?? null,
    contributions: {
      rule: scores?.rule.contribution ?? 0,
      linear: scores?.linear.contribution ?? 0,
      tree: scores?.tree.contribution ?? 0,
    },
  }));
  const members = evidence.universe.filter(({ selected }) => selected).length;
  return html`${figure({
    id: 'ranking-bars',
    title: 'Final score by component',
    help: `Each part of a bar is a component’s percentile rank within the universe times its weight; ${
      members < bars.length
        ? `the ${members} names above the dashed line are the pool.`
        : 'all of them are in the pool.'
    }`,
    legend: COMPONENTS.map((name) => ({
      name: `${name}, weight ${percent(weights[name])}`,
      color: COMPONENT_COLOUR[name],
    })),
    draw: (canvas) => rankingBars(bars, boundaryLabel(explanation), canvas),
    table: scoreTable(ranked),
  })}
<h3>The boundary</h3>
<p class="lead">${boundaryText(explanation)}</p>
${sensitivity(version, explanation)}`;
};
