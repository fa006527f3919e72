import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { getOrThrow } from '../../../shared/codec/failure.js';
import { summaryPath } from '../../../shared/document-paths.js';
import type { DocumentData } from '../../../shared/ports/document-store.js';
import { type LedgerEntry, verifyChain } from '../../../shared/promotion/ledger.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/read-ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { findDrift } from '../../../shared/releases/drift.js';
import { highestSequence, summarySequence } from '../../../shared/releases/published-sequence.js';
import { readVerified } from '../../../shared/releases/read-release.js';
import { allFunctions } from '../../../shared/topology.js';
import type { TargetStores } from '../run/state-stores.js';
import type { CommandTarget } from '../target/command-target.js';
import { deadLetterSummary } from '../target/dead-letter-summary.js';
import type { DeadLetterCheck, Drift, StatusFields, SummaryView } from './fields.js';

const textField = (document: DocumentData, field: string): string | null => {
  const value = document[field];
  return typeof value === 'string' ? value : null;
};

const shownIn = (document: DocumentData): SummaryView => ({
  version: textField(document, 'version'),
  asOfDate: textField(document, 'as_of_date'),
  seq: summarySequence(document) || null,
  members: Array.isArray(document.symbols) ? document.symbols.map(String) : [],
});

interface Promotions extends Pick<PromotionState, 'head' | 'frontier'> {
  readonly entries: readonly LedgerEntry[];
  /** The problems of the ledger's hash chain. */
  readonly problems: readonly string[];
}

/** Reports a broken ledger instead of failing. */
const readPromotions = async (target: TargetStores): Promise<Promotions> => {
  const { documents } = target;
  const { head, frontier } = getOrThrow(await readPromotionState(documents)());
  const ledger = await readLedger(documents)();
  const { head: after } = getOrThrow(await readPromotionState(documents)());
  // A promotion has happened meanwhile, so the reads are inconsistent.
  if (after?.hash !== head?.hash) return readPromotions(target);
  if (E.isLeft(ledger) && ['malformed-input', 'contract-invalid'].includes(ledger.left.code))
    return { head, frontier, entries: [], problems: [ledger.left.message] };
  const entries = getOrThrow(ledger);
  return { head, frontier, entries, problems: verifyChain(entries, head) };
};

const driftOf = async (
  target: TargetStores,
  { head, entries, problems: ledger }: Promotions,
  found: { readonly current: readonly string[]; readonly document: readonly string[] },
): Promise<Drift> => {
  const known = { current: [], document: [], event: [], ledger, release: undefined };
  if (head === null) return { ...known, ...found };
  const read = await readVerified(target.objects, entries, head.version)();
  // An unreadable release is part of the status, not a failure of the command.
  if (E.isLeft(read) && read.left.kind === 'permanent')
    return { ...known, release: read.left.message };
  return { ...known, ...getOrThrow(await findDrift(target, head, getOrThrow(read))()) };
};

/** An operator may have permission to read the pool but not dead letters. */
const checkDeadLetters = async ({ deadLetters }: CommandTarget): Promise<DeadLetterCheck> => {
  const found = await deadLetters.list(allFunctions)();
  return E.isLeft(found)
    ? { kind: 'unknown', reason: found.left.message }
    : { kind: 'known', letters: found.right.map(deadLetterSummary) };
};

/** Reads everything that `status` reports from the target. */
export const readStatusFields = async (
  target: CommandTarget,
  maxAgeDays: number,
): Promise<StatusFields> => {
  const { config, objects, documents, clock } = target;
  const path = summaryPath(config);
  // Read before the ledger: the ledger is written first, so a higher number here means a loss.
  const document = O.toUndefined(getOrThrow(await documents.get(path)()));
  const current = getOrThrow(await objects.list('current/')());
  const promotions = await readPromotions(target);
  const { head, frontier, entries, problems } = promotions;
  const shown = document && shownIn(document);
  return {
    ...{ now: clock(), maxAgeDays, shown, head, frontier },
    entry: entries.find(({ seq }) => seq === head?.seq),
    promotions: {
      hasLedger: entries.length + problems.length > 0,
      readers: highestSequence(document, current),
    },
    drift: await driftOf(target, promotions, {
      current: current.map(({ key }) => key),
      document: document === undefined ? [] : [`${path.collection}/${path.document}`],
    }),
    deadLetters: await checkDeadLetters(target),
    unfinished: await target.unfinished(),
    nextRunArgs: await target.nextRunArgs(),
  };
};
