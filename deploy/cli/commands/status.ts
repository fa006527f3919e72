import type { Command } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { dayOf, parseIsoDay } from '../../../shared/day.js';
import { releaseKey } from '../../../shared/layout.js';
import type { DocumentData } from '../../../shared/ports/document-store.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { readPromotionState } from '../../../shared/promotion/store.js';
import { findDeviations } from '../../../shared/releases/deviations.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import {
  type Answer,
  addGlobalOptions,
  type Context,
  contextOf,
  print,
  unwrap,
} from '../context.js';
import type { Desk } from '../desk/desk.js';
import { withDesk } from '../desk/open.js';
import { EXIT } from '../exit-code.js';
import type { Stores } from '../stores.js';
import { UsageError } from '../usage-error.js';

const textField = (document: DocumentData | undefined, field: string): string | null => {
  const value = document?.[field];
  return typeof value === 'string' ? value : null;
};

interface Consistency {
  readonly current_consistent: boolean;
  readonly document_consistent: boolean;
}

const consistencyOf = async (
  stores: Stores,
  head: PromotionState['head'],
  document: DocumentData | undefined,
): Promise<Consistency> => {
  const { objects } = stores;
  if (head === null)
    return {
      current_consistent: unwrap(await objects.list('current/')()).length === 0,
      document_consistent: document === undefined,
    };
  const read = await readReleaseAt(objects, releaseKey(head.version, ''))();
  // A release that can't be read is what this command is asked about, not a reason to stop.
  if (E.isLeft(read) && read.left.kind === 'permanent')
    return { current_consistent: false, document_consistent: false };
  const release = unwrap(read);
  const found = unwrap(await findDeviations(stores, head, release)());
  return {
    current_consistent: found.current.length === 0,
    document_consistent: found.document.length === 0,
  };
};

const maxAgeOf = (text: unknown, fallback: number): number => {
  if (text === undefined) return fallback;
  const days = Number(text);
  if (!Number.isSafeInteger(days) || days < 0)
    throw new UsageError(`--max-age-days: expected a whole number of days, got ${text}`);
  return days;
};

const status = async (context: Context, desk: Desk, maxAgeText: unknown): Promise<number> => {
  const { documents, config, clock, command } = desk;
  const maxAge = maxAgeOf(maxAgeText, config.maxAgeDays);
  const path = { collection: config.firestoreCollection, document: config.firestoreDocument };
  const document = O.toUndefined(unwrap(await documents.get(path)()));
  const { head } = unwrap(await readPromotionState(documents)());
  const asOfDate = textField(document, 'as_of_date');
  const age = asOfDate === null ? null : dayOf(clock()) - parseIsoDay(asOfDate);
  const answer = {
    version: textField(document, 'version'),
    as_of_date: asOfDate,
    age_days: age,
    days_left: age === null ? null : Math.max(0, maxAge - age),
    fresh: age !== null && age >= 0 && age <= maxAge,
    promotion_seq: head?.seq ?? null,
    ...(await consistencyOf(desk, head, document)),
  };
  print(context, answer, () => statusText(answer, command));
  return EXIT.ok;
};

const statusText = (
  answer: Consistency & {
    readonly version: string | null;
    readonly age_days: number | null;
    readonly days_left: number | null;
    readonly fresh: boolean;
    readonly promotion_seq: number | null;
  },
  command: Desk['command'],
): string => {
  if (answer.version === null) return `Readers see nothing yet. Run: ${command('run')}`;
  const agree = (consistent: boolean): string =>
    consistent ? 'agrees with the ledger' : 'DISAGREES with the ledger';
  return [
    `readers see ${answer.version}, promotion ${answer.promotion_seq}`,
    `age         ${answer.age_days} days, ${answer.fresh ? `fresh for another ${answer.days_left}` : 'STALE'}`,
    `current/    ${agree(answer.current_consistent)}`,
    `document    ${agree(answer.document_consistent)}`,
  ].join('\n');
};

export const statusCommand = (program: Command, answer: Answer): void => {
  addGlobalOptions(program.command('status'))
    .description('what readers see now')
    .option('--max-age-days <n>', 'age up to which a pool is fresh (default: 45)')
    .addHelpText('after', '\nExample:\n  live-pool status --format json')
    .action(async (_options, command: Command) => {
      const context = contextOf(command);
      const { maxAgeDays } = command.opts();
      answer(await withDesk(context, (desk) => status(context, desk, maxAgeDays)));
    });
};
