import type { Command } from 'commander';
import { releaseKey } from '../../../shared/layout.js';
import { readPromotionState } from '../../../shared/promotion/store.js';
import { allOf, findDeviations } from '../../../shared/releases/deviations.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import {
  type Answer,
  addGlobalOptions,
  type Context,
  contextOf,
  print,
  unwrap,
} from '../context.js';
import { settle, withRuntime } from '../control.js';
import { EXIT } from '../exit-code.js';
import { type Stores, storesOf } from '../stores.js';

const deviationsOf = async (stores: Stores): Promise<readonly string[]> => {
  const { head } = unwrap(await readPromotionState(stores.documents)());
  if (head === null) return [];
  const release = unwrap(await readReleaseAt(stores.objects, releaseKey(head.version, ''))());
  return allOf(unwrap(await findDeviations(stores, head, release)()));
};

const text = (changed: readonly string[], dryRun: boolean): string =>
  changed.length === 0
    ? 'What readers see is what the ledger says.'
    : [dryRun ? 'Would put right:' : 'Put right:', ...changed.map((one) => `  ${one}`)].join('\n');

const reconcile = async (context: Context, dryRun: boolean): Promise<number> => {
  if (dryRun) {
    const changed = await deviationsOf(await storesOf(context));
    print(context, { changed }, () => text(changed, true));
    return EXIT.ok;
  }
  return withRuntime(context, async (runtime) => {
    const { environment } = runtime;
    const body = new TextEncoder().encode('{}');
    unwrap(await environment.publisher.publish('reconcile-requested', body, {})());
    const reports = await settle(runtime);
    const found = reports.find(({ name }) => name === 'reconcile')?.entry.changed;
    const changed = Array.isArray(found) ? found.map(String) : [];
    print(context, { changed }, () => text(changed, false));
    return EXIT.ok;
  });
};

export const reconcileCommand = (program: Command, answer: Answer): void => {
  addGlobalOptions(program.command('reconcile'))
    .description("bring current/ and the document to the ledger's head")
    .option('--dry-run', 'say what deviates')
    .addHelpText('after', '\nExample:\n  live-pool reconcile --dry-run')
    .action(async (_options, command: Command) =>
      answer(await reconcile(contextOf(command), command.opts().dryRun === true)),
    );
};
