import { getOrThrow } from '../../../shared/codec/failure.js';
import type { Version } from '../../../shared/codec/primitives.js';
import { type ExplainedSymbol, Explanation } from '../../../shared/evidence/explanation.js';
import { explain as explainRanking } from '../../../shared/explanation/explain.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { readRankedEvidence } from '../release/ranked-evidence.js';
import type { CommandTarget } from '../target/command-target.js';
import { throwNothingPromoted } from '../target/consistent-state.js';
import { withTarget } from '../target/open.js';
import { closestNames } from '../terminal/closest-names.js';
import { EXIT } from '../terminal/exit-code.js';
import { UsageError } from '../terminal/usage-error.js';
import { versionArgument } from '../terminal/version-argument.js';
import { explanationText, symbolText } from './explain-text.js';

const versionOf = async (
  target: CommandTarget,
  text: unknown,
  head: PromotionState['head'],
): Promise<Version> => {
  if (text !== undefined) return versionArgument(text);
  return head?.version ?? (await throwNothingPromoted(target));
};

/** Accepts `eth` for `ETHUSDT`. */
const symbolOf = (
  { commandLine }: CommandTarget,
  text: string,
  { symbols }: Explanation,
): ExplainedSymbol => {
  const typed = text.toUpperCase();
  const found = symbols.find(({ symbol }) => symbol === typed || symbol === `${typed}USDT`);
  if (found !== undefined) return found;
  const near = closestNames(
    typed,
    symbols.map(({ symbol }) => symbol),
  );
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : `List them with: ${commandLine('explain --format json')}`;
  throw new UsageError(
    `--symbol: expected one of the ${symbols.length} candidates, got ${text}. ${hint}`,
  );
};

const explain = async (
  context: Context,
  target: CommandTarget,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const { head } = getOrThrow(await readPromotionState(target.documents)());
  const version = await versionOf(target, options.version, head);
  const { ranked, ranking } = await readRankedEvidence(target, version);
  const explanation = explainRanking(ranking);
  const release = {
    version,
    restated_from: ranked === version ? null : ranked,
    current: head?.version === version,
    promotion_seq: head?.version === version ? head.seq : null,
  };
  const one =
    options.symbol === undefined
      ? undefined
      : symbolOf(target, String(options.symbol), explanation);
  const shown = one === undefined ? explanation : { ...explanation, symbols: [one] };
  print(context, { ...release, ...Explanation.encode(shown) }, () =>
    one === undefined
      ? explanationText(release, explanation)
      : symbolText(release, one, explanation),
  );
  return EXIT.ok;
};

export const explainAction: Action = (command) => {
  const context = contextOf(command);
  return withTarget(context, (target) => explain(context, target, command.opts()));
};
