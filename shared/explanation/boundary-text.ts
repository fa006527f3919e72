import type {
  Boundary,
  Explanation,
  Move,
  OrderKey,
  Reweighting,
} from '../evidence/explanation.js';
import { joinList, measureText, pluralise, scoreText } from './format.js';

const KEY_NAMES: Readonly<Record<OrderKey, string>> = {
  final_score: 'final score',
  confidence: 'confidence',
  liquidity_stability: 'liquidity stability',
  avg_quote_vol_180: 'mean daily volume over 180 days',
  symbol: 'symbol',
};

const keyText = (key: OrderKey, value: number | string | null): string => {
  if (typeof value === 'string') return value;
  return key === 'avg_quote_vol_180' ? measureText(key, value) : scoreText(value);
};

/** All digits, for two numbers that differ only in the last ones. */
const exact = (value: number | string | null): string => String(value ?? 'missing');

const tieSentences = ({ keys, decided_by, last_in, first_out }: Boundary): string => {
  const at = keys.findIndex(({ key }) => key === decided_by);
  const score = keys[0]?.last_in ?? null;
  const tied = `A tie-break decided: ${last_in} and ${first_out} have the same final score, ${typeof score === 'number' ? scoreText(score) : 'none at all'}.`;
  if (decided_by === null) return tied;
  const equal = keys.slice(1, at).map(({ key }) => KEY_NAMES[key]);
  const also = equal.length === 0 ? '' : `, after the same ${joinList(equal)}`;
  if (decided_by === 'symbol')
    return `${tied} Alphabetical order${also}: ${last_in} comes before ${first_out}.`;
  const [inside = null, outside = null] = [keys[at]?.last_in, keys[at]?.first_out];
  const same = keyText(decided_by, inside) === keyText(decided_by, outside);
  const text = same ? exact : (value: typeof inside) => keyText(decided_by, value);
  return `${tied} The higher ${KEY_NAMES[decided_by]} is in${also}: ${text(inside)} against ${text(outside)}.`;
};

/** The last selected and the first excluded symbol, the margin, and the deciding key. */
export const boundaryText = ({ boundary, pool }: Explanation): string => {
  const { last_in, first_out, margin, tie, last_bits, keys } = boundary;
  if (last_in === null) return 'The pool is empty.';
  if (first_out === null)
    return `The universe has ${pool.length} members, all of them in the pool: there is no boundary.`;
  if (tie) return tieSentences(boundary);
  const [inside = null, outside = null] = [keys[0]?.last_in, keys[0]?.first_out];
  if (margin === null) return `${last_in} is in; ${first_out} has no final score.`;
  if (last_bits)
    return `${last_in} is in over ${first_out} by rounding alone: their final scores are the same but for the last bit, ${exact(inside)} against ${exact(outside)}.`;
  return `${last_in} is in over ${first_out} by ${scoreText(margin)}: final score ${keyText('final_score', inside)} against ${keyText('final_score', outside)}.`;
};

const changeText = ({ enters, leaves }: Pick<Move, 'enters' | 'leaves'>): string =>
  `${joinList(enters)} in, ${joinList(leaves)} out`;

/** The effect of the smallest rank change of a symbol in one component. */
export const moveText = (move: Move): string => {
  const { symbol, component, direction, places, normalised_from, normalised_to } = move;
  if (places === null)
    return `No place in ${component} ${direction === 'up' ? 'would bring' : 'would cost'} ${symbol} ${direction === 'up' ? 'in' : 'its seat'}.`;
  const share = `${normalised_from.toFixed(3)} → ${(normalised_to ?? 0).toFixed(3)}`;
  return `${symbol} ${pluralise(places, 'place')} ${direction} in ${component} (${share}): ${changeText(move)}.`;
};

/** The effect of the nearest weight of a component that changes the pool. */
export const weightText = (change: Reweighting): string => {
  const { component, direction, from, to } = change;
  if (to === null)
    return `No weight of ${component} ${direction === 'up' ? 'above' : 'below'} ${from.toFixed(2)} changes the pool.`;
  return `Weight of ${component} ${from.toFixed(2)} → ${to.toFixed(2)}: ${changeText(change)}.`;
};
