import type { Version } from '../../../shared/contract/primitives.js';
import { explain as explainRanking } from '../../../shared/explanation/explain.js';
import { type ExplainedSymbol, Explanation } from '../../../shared/explanation/explanation.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { readPromotionState } from '../../../shared/promotion/store.js';
import { type Action, type Context, contextOf, print, unwrap } from '../context.js';
import type { Desk } from '../desk/desk.js';
import { withDesk } from '../desk/open.js';
import { EXIT } from '../exit-code.js';
import { refuseNothing } from '../promotion-state.js';
import { UsageError } from '../usage-error.js';
import { versionArgument } from '../version-argument.js';
import { readReleaseEvidence } from './explain-evidence.js';
import { nearNames } from './explain-near.js';
import { explanationText, symbolText } from './explain-text.js';

const versionOf = async (
  desk: Desk,
  text: unknown,
  head: PromotionState['head'],
): Promise<Version> => {
  if (text !== undefined) return versionArgument(text);
  return head?.version ?? (await refuseNothing(desk));
};

/** `eth` is as good as `ETHUSDT`. */
const symbolOf = ({ command }: Desk, text: string, { symbols }: Explanation): ExplainedSymbol => {
  const asked = text.toUpperCase();
  const found = symbols.find(({ symbol }) => symbol === asked || symbol === `${asked}USDT`);
  if (found !== undefined) return found;
  const near = nearNames(
    asked,
    symbols.map(({ symbol }) => symbol),
  );
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : `All of them: ${command('explain --format json')}`;
  throw new UsageError(
    `--symbol: expected one of the ${symbols.length} candidates, got ${text}. ${hint}`,
  );
};

const explain = async (
  context: Context,
  desk: Desk,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const { head } = unwrap(await readPromotionState(desk.documents)());
  const version = await versionOf(desk, options.version, head);
  const { ranked, ranking } = await readReleaseEvidence(desk, version);
  const explanation = explainRanking(ranking);
  const about = {
    version,
    restated_from: ranked === version ? null : ranked,
    current: head?.version === version,
    promotion_seq: head?.version === version ? head.seq : null,
  };
  const one =
    options.symbol === undefined ? undefined : symbolOf(desk, String(options.symbol), explanation);
  const told = one === undefined ? explanation : { ...explanation, symbols: [one] };
  print(context, { ...about, ...Explanation.encode(told) }, () =>
    one === undefined ? explanationText(about, explanation) : symbolText(about, one, explanation),
  );
  return EXIT.ok;
};

export const explainAction: Action = (command) => {
  const context = contextOf(command);
  return withDesk(context, (desk) => explain(context, desk, command.opts()));
};
