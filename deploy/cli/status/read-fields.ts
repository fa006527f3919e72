import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import type { DocumentData } from '../../../shared/ports/document-store.js';
import { type LedgerEntry, verifyChain } from '../../../shared/promotion/ledger.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { findDeviations } from '../../../shared/releases/drift.js';
import { highestShown, sequenceShown } from '../../../shared/releases/published-sequence.js';
import { readProven } from '../../../shared/releases/read-release.js';
import { everyFunction } from '../../../shared/topology.js';
import { unwrap } from '../context.js';
import type { Stores } from '../run/state-stores.js';
import type { Desk } from '../target/command-target.js';
import { deadLetterFacts } from '../target/dead-letter-summary.js';
import type { DeadLetterLook, Disagreements, Shown, StatusFacts } from './fields.js';

const textField = (document: DocumentData, field: string): string | null => {
  const value = document[field];
  return typeof value === 'string' ? value : null;
};

const shownIn = (document: DocumentData): Shown => ({
  version: textField(document, 'version'),
  asOfDate: textField(document, 'as_of_date'),
  seq: sequenceShown(document) || null,
  members: Array.isArray(document.symbols) ? document.symbols.map(String) : [],
});

interface Promotions extends Pick<PromotionState, 'head' | 'frontier'> {
  readonly entries: readonly LedgerEntry[];
  /** Where the ledger is not the chain that the head closes. */
  readonly problems: readonly string[];
}

/** A ledger that was changed is a finding, not a reason to stop. */
const readPromotions = async (desk: Stores): Promise<Promotions> => {
  const { documents } = desk;
  const { head, frontier } = unwrap(await readPromotionState(documents)());
  const ledger = await readLedger(documents)();
  const { head: after } = unwrap(await readPromotionState(documents)());
  // Somebody has promoted meanwhile: what was read is of two moments.
  if (after?.hash !== head?.hash) return readPromotions(desk);
  if (E.isLeft(ledger) && ['malformed-input', 'contract-invalid'].includes(ledger.left.code))
    return { head, frontier, entries: [], problems: [ledger.left.message] };
  const entries = unwrap(ledger);
  return { head, frontier, entries, problems: verifyChain(entries, head) };
};

const disagreementsOf = async (
  desk: Stores,
  { head, entries, problems: ledger }: Promotions,
  found: { readonly current: readonly string[]; readonly document: readonly string[] },
): Promise<Disagreements> => {
  const known = { current: [], document: [], event: [], ledger, release: undefined };
  if (head === null) return { ...known, ...found };
  const read = await readProven(desk.objects, entries, head.version)();
  // A release that can't be read is what this command is asked about, too.
  if (E.isLeft(read) && read.left.kind === 'permanent')
    return { ...known, release: read.left.message };
  return { ...known, ...unwrap(await findDeviations(desk, head, unwrap(read))()) };
};

/** Whoever may see what readers see need not be allowed to see what was parked. */
const lookAtDeadLetters = async ({ deadLetters }: Desk): Promise<DeadLetterLook> => {
  const found = await deadLetters.list(everyFunction)();
  return E.isLeft(found)
    ? { kind: 'unknown', reason: found.left.message }
    : { kind: 'known', letters: found.right.map(deadLetterFacts) };
};

/** All that `status` tells, read from the desk. */
export const readStatusFacts = async (desk: Desk, maxAgeDays: number): Promise<StatusFacts> => {
  const { config, objects, documents, clock } = desk;
  const path = { collection: config.firestoreCollection, document: config.firestoreDocument };
  // Before the ledger, which leads: nobody who is well is ahead of it then.
  const document = O.toUndefined(unwrap(await documents.get(path)()));
  const current = unwrap(await objects.list('current/')());
  const promotions = await readPromotions(desk);
  const { head, frontier, entries, problems } = promotions;
  const shown = document && shownIn(document);
  return {
    ...{ now: clock(), maxAgeDays, shown, head, frontier },
    entry: entries.find(({ seq }) => seq === head?.seq),
    traces: {
      hasLedger: entries.length + problems.length > 0,
      readers: highestShown(document, current),
    },
    disagreements: await disagreementsOf(desk, promotions, {
      current: current.map(({ key }) => key),
      document: document === undefined ? [] : [`${path.collection}/${path.document}`],
    }),
    deadLetters: await lookAtDeadLetters(desk),
    unfinished: await desk.unfinished(),
    monthlyRun: await desk.monthlyRun(),
  };
};
