import { baseAssetOf } from '../../../shared/codec/base-asset.js';
import type { Paint } from '../terminal/colour.js';
import { plainTable } from '../terminal/table.js';
import { wrap } from '../terminal/wrap.js';
import type { ReleaseDiff } from './diff.js';
import { artifactLabel, scoreText, signed } from './format.js';

const LABEL_WIDTH = 12;

const line = (label: string, text: string): readonly string[] =>
  wrap(`${label.padEnd(LABEL_WIDTH)}${text}`, LABEL_WIDTH);

const memberLines = (
  { entered, left, moved }: ReleaseDiff['members'],
  paint: Paint,
): readonly string[] => {
  const names = (placed: typeof entered, word: string): string =>
    placed.map(({ symbol, rank }) => `${baseAssetOf(symbol)} (${word}${rank})`).join(', ');
  if (entered.length + left.length + moved.length === 0) return line('members', 'unchanged');
  return [
    ...line('entered', names(entered, '') || 'none').map((one) =>
      paint(entered.length > 0 ? 'good' : 'plain', one),
    ),
    ...line('left', names(left, 'was ') || 'none').map((one) =>
      paint(left.length > 0 ? 'bad' : 'plain', one),
    ),
    ...line(
      'moved',
      moved.map(({ symbol, from, to }) => `${baseAssetOf(symbol)} ${from} → ${to}`).join(', ') ||
        'none',
    ),
  ];
};

const weightText = (weights: NonNullable<ReleaseDiff['weights']['from']>): string =>
  Object.entries(weights)
    .map(([name, weight]) => `${name} ${weight}`)
    .join(', ');

const unchangedOr = <A>(
  { from, to }: { readonly from: A | null; readonly to: A | null },
  text: (value: A) => string,
): string => {
  const show = (value: A | null): string => (value === null ? 'unknown' : text(value));
  return show(from) === show(to) ? `${show(to)}, unchanged` : `${show(from)} → ${show(to)}`;
};

const shortRevision = (revision: string): string => revision.slice(0, 12);

const parameterLines = ({ parameters, ranked }: ReleaseDiff): readonly string[] => {
  if (parameters === null) {
    const side = ranked.from === null ? 'first' : 'second';
    return line('method', `unknown: the ${side} release has no evidence`);
  }
  if (parameters.length === 0) return line('method', 'unchanged rules, thresholds and parameters');
  return parameters.flatMap(({ name, from, to }, index) =>
    line(index === 0 ? 'method' : '', `${name}: ${from ?? 'none'} → ${to ?? 'none'}`),
  );
};

const restatedLines = ({ from, to, ranked }: ReleaseDiff): readonly string[] =>
  [
    [from, ranked.from],
    [to, ranked.to],
  ].flatMap(([version, of]) =>
    version == null || of == null || of === version
      ? []
      : line('restated', `${version} restates ${of}`),
  );

const universeTable = ({ universe }: ReleaseDiff): string => {
  const table = plainTable({
    head: ['symbol', 'rank', 'now', '', 'final', 'now', ''],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  });
  for (const { symbol, from, to, rank_change, score_change } of universe)
    table.push([
      baseAssetOf(symbol),
      from?.rank ?? '–',
      to?.rank ?? '–',
      rank_change === null ? (from === null ? 'new' : 'gone') : signed(rank_change, 0),
      scoreText(from?.final_score),
      scoreText(to?.final_score),
      score_change === null ? '' : signed(score_change, 3),
    ]);
  return table.toString();
};

/** The comparison as text: the pool first, the whole universe last. */
export const diffText = (diff: ReleaseDiff, paint: Paint): string => {
  const differing = diff.artifacts.filter(({ same }) => !same);
  return [
    paint('strong', `${diff.from} → ${diff.to}`),
    ...restatedLines(diff),
    ...memberLines(diff.members, paint),
    ...line('regime', unchangedOr(diff.regime, String)),
    ...line('weights', unchangedOr(diff.weights, weightText)),
    ...parameterLines(diff),
    ...line('commit', unchangedOr(diff.source_revision, shortRevision)),
    ...line(
      'files',
      differing.length === 0
        ? 'identical'
        : `${differing.map(({ name }) => artifactLabel(name)).join(', ')} differ`,
    ),
    '',
    universeTable(diff),
  ].join('\n');
};
