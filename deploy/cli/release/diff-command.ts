import { getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { type Context, print } from '../context.js';
import type { CommandTarget } from '../target/command-target.js';
import { throwNothingPromoted } from '../target/consistent-state.js';
import { stdoutPaint } from '../terminal/colour.js';
import { EXIT } from '../terminal/exit-code.js';
import { diffReleases } from './diff.js';
import { diffSide } from './diff-side.js';
import { diffText } from './diff-text.js';

const currentVersion = async (target: CommandTarget): Promise<Version> => {
  const { head } = getOrThrow(await readPromotionState(target.documents)());
  return head?.version ?? (await throwNothingPromoted(target));
};

/** Compares two releases; the second defaults to the current one. */
export const diffCommand = async (
  context: Context,
  target: CommandTarget,
  from: Version,
  to: Version | undefined,
): Promise<number> => {
  const [a, b] = [
    await diffSide(target, from),
    await diffSide(target, to ?? (await currentVersion(target))),
  ];
  const diff = diffReleases(a, b);
  print(context, diff, () => diffText(diff, stdoutPaint()));
  return EXIT.ok;
};
