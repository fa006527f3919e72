import type { Version } from '../../../shared/codec/primitives.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { type Context, print, unwrap } from '../context.js';
import type { Desk } from '../target/command-target.js';
import { refuseNothing } from '../target/consistent-state.js';
import { stdoutPaint } from '../terminal/colour.js';
import { EXIT } from '../terminal/exit-code.js';
import { diffReleases } from './diff.js';
import { diffSide } from './diff-side.js';
import { diffText } from './diff-text.js';

const currentVersion = async (desk: Desk): Promise<Version> => {
  const { head } = unwrap(await readPromotionState(desk.documents)());
  return head?.version ?? (await refuseNothing(desk));
};

/** Compares two releases; the second is what readers see unless it is named. */
export const diffCommand = async (
  context: Context,
  desk: Desk,
  from: Version,
  to: Version | undefined,
): Promise<number> => {
  const [a, b] = [
    await diffSide(desk, from),
    await diffSide(desk, to ?? (await currentVersion(desk))),
  ];
  const diff = diffReleases(a, b);
  print(context, diff, () => diffText(diff, stdoutPaint()));
  return EXIT.ok;
};
