import type { ExplainedSymbol, Explanation, Scores, Shortfall } from '../evidence/explanation.js';
import { moveText } from './boundary-text.js';
import { joinList, measureName, measureText, scoreText } from './format.js';
import { COMPONENTS } from './score-contributions.js';

const standingSentence = (
  { symbol, standing, rank, prefilter }: ExplainedSymbol,
  { pool, symbols }: Explanation,
): string => {
  const place = `rank ${rank} of ${symbols.filter((explained) => explained.rank !== null).length}`;
  switch (standing) {
    case 'pool':
      return `${symbol} is in the pool: ${place}.`;
    case 'universe':
      return `${symbol} is in the universe, but not in the pool: ${place}, and the pool takes ${pool.length}.`;
    case 'unconfirmed':
      return `${symbol} is not in the universe: it is eligible, but has not been for long enough.`;
    case 'ineligible':
      return `${symbol} is not in the universe: it is not eligible.`;
    case 'not_loaded':
      return prefilter === null
        ? `${symbol} is not in the universe: it has no bars.`
        : `${symbol} is not in the universe: the prefilter excluded it at rank ${prefilter.place}.`;
  }
};

const componentSentence = (name: (typeof COMPONENTS)[number], scores: Scores): string => {
  const { raw, normalised, weight, contribution } = scores[name];
  if (raw === null || normalised === null || contribution === null)
    return `  ${name}: missing; the other components have more weight.`;
  return `  ${name}: ${raw.toFixed(6)}, percentile rank ${normalised.toFixed(6)}, at weight ${weight.toFixed(2)} gives ${scoreText(contribution)}.`;
};

const scoreSentences = (scores: Scores): readonly string[] => {
  const { final_score, confidence, agreement, edge, residual } = scores;
  const rounding = residual === null || residual === 0 ? '' : ` (${residual} of it is rounding)`;
  return [
    `Its final score is ${scoreText(final_score)}, the sum${rounding} of:`,
    ...COMPONENTS.map((name) => componentSentence(name, scores)),
    `Its confidence is ${scoreText(confidence)}: .6 × agreement of the components (${scoreText(agreement)}) + .4 × distance from the middle (${scoreText(edge)}).`,
  ];
};

const shortfallSentence = ({ measure, measured, minimum, short_by }: Shortfall): string => {
  const needs = `  ${measureName(measure)}: ${measureText(measure, measured)}, needs ${measureText(measure, minimum)}`;
  return short_by === null ? `${needs}.` : `${needs}, short by ${measureText(measure, short_by)}.`;
};

const failureSentences = (explained: ExplainedSymbol): readonly string[] => {
  const outright = [
    ...(explained.failed_rules.includes('benchmark')
      ? ['It is the benchmark, which is never ranked.']
      : []),
    ...explained.metadata_failures.map(
      ({ meaning }) => `It is excluded by its metadata: ${meaning}.`,
    ),
  ];
  const daily = explained.failures.map(shortfallSentence);
  const early = explained.prefilter?.failures.map(shortfallSentence) ?? [];
  return [
    ...outright,
    ...(explained.failed_rules.includes('no_bars') ? ['It has no bar on the day.'] : []),
    ...(daily.length > 0 ? ['On the day it fails:', ...daily] : []),
    ...(daily.length === 0 && early.length > 0 ? ['In the prefilter it fails:', ...early] : []),
  ];
};

/** The same text for all symbols with the same pending change on the same day. */
const outlookOfSymbol = (
  { outlook, streaks }: ExplainedSymbol,
  { confirmations, refresh }: Explanation,
): ((symbols: readonly string[]) => string) | undefined => {
  if (outlook === null || streaks === null || confirmations === null) return undefined;
  const { change, earliest } = outlook;
  const [word, done, needed] =
    change === 'enters'
      ? (['eligible', streaks.eligible, confirmations.entry] as const)
      : (['ineligible', streaks.ineligible, confirmations.exit] as const);
  const condition =
    earliest === refresh.next
      ? `at the next refresh, on ${earliest}, if ${word} then`
      : `on ${earliest} if ${word} at every refresh until then`;
  return (symbols) => {
    const [have, will] =
      symbols.length === 1 ? ['has', `it ${change}`] : ['have', `they ${change.slice(0, -1)}`];
    return `${joinList(symbols)} ${have} been ${word} for ${done} of ${needed} refreshes: ${will} the universe ${condition}.`;
  };
};

/** The pending change of a symbol's membership; undefined if none is pending. */
export const pendingMembershipText = (
  explained: ExplainedSymbol,
  explanation: Explanation,
): string | undefined => outlookOfSymbol(explained, explanation)?.([explained.symbol]);

/** The pending changes of all symbols: one sentence per distinct change, in order of occurrence. */
export const pendingMembershipTexts = (explanation: Explanation): readonly string[] => {
  const groups = new Map<string, ExplainedSymbol[]>();
  for (const explained of explanation.symbols) {
    const likeness = outlookOfSymbol(explained, explanation)?.([]);
    if (likeness !== undefined) groups.set(likeness, [...(groups.get(likeness) ?? []), explained]);
  }
  return [...groups.values()].flatMap((alike) => {
    const sentence = alike[0] && outlookOfSymbol(alike[0], explanation);
    return sentence === undefined ? [] : [sentence(alike.map(({ symbol }) => symbol))];
  });
};

/** The explanation of one symbol in sentences; indented sentences detail the previous one. */
export const symbolTexts = (
  explained: ExplainedSymbol,
  explanation: Explanation,
): readonly string[] => {
  const { moves } = explanation.sensitivity;
  const outlook = pendingMembershipText(explained, explanation);
  const streak = explained.streaks;
  return [
    standingSentence(explained, explanation),
    ...(explained.scores === null ? [] : scoreSentences(explained.scores)),
    ...failureSentences(explained),
    ...(outlook === undefined ? [] : [outlook]),
    ...(outlook === undefined && streak !== null
      ? [
          `It has been ${streak.eligible > 0 ? 'eligible' : 'ineligible'} for ${Math.max(streak.eligible, streak.ineligible)} refreshes in a row.`,
        ]
      : []),
    ...(explanation.leveraged_rule_differences.includes(explained.symbol)
      ? ['The corrected leveraged-token rule would not classify it as one.']
      : []),
    ...moves.filter(({ symbol }) => symbol === explained.symbol).map(moveText),
  ];
};
