import { readEntry } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { allOf, findDeviations } from '../../../shared/releases/drift.js';
import { readPromoted } from '../../../shared/releases/read-release.js';
import { type Action, type Context, contextOf, print, unwrap } from '../context.js';
import { isAbout } from '../operations/publish-and-wait.js';
import type { ControlDesk, Desk } from '../target/command-target.js';
import { stateOf } from '../target/consistent-state.js';
import { withControls, withDesk } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';

interface Found {
  readonly head: PromotionState['head'];
  readonly changed: readonly string[];
}

const deviationsOf = async (stores: Desk): Promise<Found> => {
  const { head } = await stateOf(stores);
  if (head === null) return { head, changed: [] };
  const entry = unwrap(await readEntry(stores.documents, head.seq)());
  const release = unwrap(await readPromoted(stores.objects, entry)());
  return { head, changed: allOf(unwrap(await findDeviations(stores, head, release)())) };
};

const text = (changed: readonly string[], done: string): string =>
  changed.length === 0
    ? 'What readers see is what the ledger says.'
    : [done, ...changed.map((one) => `  ${one}`)].join('\n');

const foresee = (context: Context): Promise<number> =>
  withDesk(context, async (desk) => {
    const { changed } = await deviationsOf(desk);
    print(context, { changed }, () => text(changed, 'Would put right:'));
    return EXIT.ok;
  });

const putRight = async (context: Context, desk: ControlDesk): Promise<number> => {
  const { head, changed } = await deviationsOf(desk);
  const body = new TextEncoder().encode('{}');
  const done = await desk.carryOut({
    publish: desk.publisher.publish('reconcile-requested', body, {}),
    through: ['reconcile', 'sync-firestore'],
    concerns: head === null ? () => false : isAbout(head.version),
    look: async () => ((await deviationsOf(desk)).changed.length === 0 ? true : undefined),
  });
  if (done === undefined)
    print(context, { changed, requested: true }, () => text(changed, 'Asked to put right:'));
  else print(context, { changed }, () => text(changed, 'Put right:'));
  return EXIT.ok;
};

export const reconcileAction: Action = (command) => {
  const context = contextOf(command);
  return command.opts().dryRun === true
    ? foresee(context)
    : withControls(context, (desk) => putRight(context, desk));
};
