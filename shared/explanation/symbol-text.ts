import { moveText } from './boundary-text.js';
import type { ExplainedSymbol, Explanation, Scores, Shortfall } from './explanation.js';
import { joinList, measureName, measureText, scoreText } from './format.js';
import { COMPONENTS } from './score-contributions.js';

const standingSentence = (
  { symbol, standing, rank, prefilter }: ExplainedSymbol,
  { pool, symbols }: Explanation,
): string => {
  const place = `rank ${rank} of ${symbols.filter((one) => one.rank !== null).length}`;
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
        ? `${symbol} is not in the universe: there are no bars of it.`
        : `${symbol} is not in the universe: the prefilter left it out at place ${prefilter.place}.`;
  }
};

const componentSentence = (name: (typeof COMPONENTS)[number], scores: Scores): string => {
  const { raw, normalised, weight, contribution } = scores[name];
  if (raw === null || normalised === null || contribution === null)
    return `  ${name}: missing; the other components count for more.`;
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

const failureSentences = (one: ExplainedSymbol): readonly string[] => {
  const outright = [
    ...(one.failed_rules.includes('benchmark')
      ? ['It is the benchmark, which is never ranked.']
      : []),
    ...one.metadata_failures.map(({ meaning }) => `It is refused by its metadata: ${meaning}.`),
  ];
  const daily = one.failures.map(shortfallSentence);
  const early = one.prefilter?.failures.map(shortfallSentence) ?? [];
  return [
    ...outright,
    ...(one.failed_rules.includes('no_bars') ? ['It has no bar on the day.'] : []),
    ...(daily.length > 0 ? ['On the day it falls short of:', ...daily] : []),
    ...(daily.length === 0 && early.length > 0
      ? ['For the prefilter it falls short of:', ...early]
      : []),
  ];
};

/** Alike for all symbols whose streaks lead to the same change on the same day. */
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

/** What its streak of (in)eligible refreshes leads to; undefined where nothing is under way. */
export const pendingMembershipText = (
  one: ExplainedSymbol,
  explanation: Explanation,
): string | undefined => outlookOfSymbol(one, explanation)?.([one.symbol]);

/** The same of everybody: one sentence for all who enter (leave) alike, in the order of the first. */
export const pendingMembershipTexts = (explanation: Explanation): readonly string[] => {
  const groups = new Map<string, ExplainedSymbol[]>();
  for (const one of explanation.symbols) {
    const likeness = outlookOfSymbol(one, explanation)?.([]);
    if (likeness !== undefined) groups.set(likeness, [...(groups.get(likeness) ?? []), one]);
  }
  return [...groups.values()].flatMap((alike) => {
    const sentence = alike[0] && outlookOfSymbol(alike[0], explanation);
    return sentence === undefined ? [] : [sentence(alike.map(({ symbol }) => symbol))];
  });
};

/** Everything about one symbol in plain sentences; indented ones belong to the one before. */
export const symbolTexts = (one: ExplainedSymbol, explanation: Explanation): readonly string[] => {
  const { moves } = explanation.sensitivity;
  const outlook = pendingMembershipText(one, explanation);
  const streak = one.streaks;
  return [
    standingSentence(one, explanation),
    ...(one.scores === null ? [] : scoreSentences(one.scores)),
    ...failureSentences(one),
    ...(outlook === undefined ? [] : [outlook]),
    ...(outlook === undefined && streak !== null
      ? [
          `It has been ${streak.eligible > 0 ? 'eligible' : 'ineligible'} for ${Math.max(streak.eligible, streak.ineligible)} refreshes in a row.`,
        ]
      : []),
    ...(explanation.leveraged_rule_differences.includes(one.symbol)
      ? ['The corrected leveraged-token rule would not take it for one.']
      : []),
    ...moves.filter(({ symbol }) => symbol === one.symbol).map(moveText),
  ];
};
