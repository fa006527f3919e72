import { shown } from '../../codec/decode.js';
import { type Problem, problem } from './problem.js';

/** The value of a shared fact at one place in a release; undefined if it is absent or invalid. */
export interface Statement<A> {
  readonly file: string;
  readonly field: string;
  readonly value: A | undefined;
}

/** The most frequent value; of equally frequent ones, the first. */
export const majorityValue = <A>(statements: readonly Statement<A>[]): A | undefined => {
  const votes = new Map<string, { readonly value: A; count: number }>();
  for (const { value } of statements) {
    if (value === undefined) continue;
    const key = JSON.stringify(value);
    const vote = votes.get(key);
    if (vote) vote.count += 1;
    else votes.set(key, { value, count: 1 });
  }
  let winner: { readonly value: A; count: number } | undefined;
  for (const vote of votes.values())
    if (winner === undefined || vote.count > winner.count) winner = vote;
  return winner?.value;
};

/** Places that differ from the majority, so that one wrong field gives one problem. */
export const disagreements = <A>(statements: readonly Statement<A>[]): readonly Problem[] => {
  const expected = majorityValue(statements);
  const key = JSON.stringify(expected);
  return statements
    .filter(({ value }) => value !== undefined && JSON.stringify(value) !== key)
    .map(({ file, field, value }) =>
      problem('disagreement', file, field, `${shown(expected)} as elsewhere in the release`, value),
    );
};
