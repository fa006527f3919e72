import { getOrThrow } from '../../../shared/codec/failure.js';
import { readEntry } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { allDrift, findDrift } from '../../../shared/releases/drift.js';
import { readPromoted } from '../../../shared/releases/read-release.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import { isAboutVersion } from '../operations/publish-and-wait.js';
import type { CommandTarget, WritableTarget } from '../target/command-target.js';
import { readConsistentState } from '../target/consistent-state.js';
import { withTarget, withWritableTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';

interface DetectedDrift {
  readonly head: PromotionState['head'];
  readonly changed: readonly string[];
}

const driftOf = async (stores: CommandTarget): Promise<DetectedDrift> => {
  const { head } = await readConsistentState(stores);
  if (head === null) return { head, changed: [] };
  const entry = getOrThrow(await readEntry(stores.documents, head.seq)());
  const release = getOrThrow(await readPromoted(stores.objects, entry)());
  return { head, changed: allDrift(getOrThrow(await findDrift(stores, head, release)())) };
};

const text = (changed: readonly string[], done: string): string =>
  changed.length === 0
    ? 'current/ and the document match the ledger.'
    : [done, ...changed.map((one) => `  ${one}`)].join('\n');

const planRepair = (context: Context): Promise<number> =>
  withTarget(context, async (target) => {
    const { changed } = await driftOf(target);
    print(context, { changed }, () => text(changed, 'Would repair:'));
    return EXIT.ok;
  });

const repair = async (context: Context, target: WritableTarget): Promise<number> => {
  const { head, changed } = await driftOf(target);
  const body = new TextEncoder().encode('{}');
  const done = await target.execute({
    publish: target.publisher.publish('reconcile-requested', body, {}),
    functions: ['reconcile', 'sync-firestore'],
    isRelated: head === null ? () => false : isAboutVersion(head.version),
    poll: async () => ((await driftOf(target)).changed.length === 0 ? true : undefined),
  });
  if (done === undefined)
    print(context, { changed, requested: true }, () => text(changed, 'Requested the repair of:'));
  else print(context, { changed }, () => text(changed, 'Repaired:'));
  return EXIT.ok;
};

export const reconcileAction: Action = (command) => {
  const context = contextOf(command);
  return command.opts().dryRun === true
    ? planRepair(context)
    : withWritableTarget(context, (target) => repair(context, target));
};
