import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import { releaseKey } from '../../../shared/layout.js';
import type { DocumentData } from '../../../shared/ports/document-store.js';
import { hashOfEntry, type LedgerEntry } from '../../../shared/promotion/ledger.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { readEntry, readPromotionState } from '../../../shared/promotion/store.js';
import { findDeviations } from '../../../shared/releases/deviations.js';
import { readReleaseAt } from '../../../shared/releases/read-release.js';
import { everyFunction } from '../../../shared/topology.js';
import { unwrap } from '../context.js';
import { deadLetterFacts } from '../dead-letter-facts.js';
import type { Desk } from '../desk/desk.js';
import type { Stores } from '../stores.js';
import type { DeadLetterLook, Disagreements, Shown, StatusFacts } from './facts.js';

const textField = (document: DocumentData, field: string): string | null => {
  const value = document[field];
  return typeof value === 'string' ? value : null;
};

const shownIn = (document: DocumentData): Shown => ({
  version: textField(document, 'version'),
  asOfDate: textField(document, 'as_of_date'),
  members: Array.isArray(document.symbols) ? document.symbols.map(String) : [],
});

type Head = NonNullable<PromotionState['head']>;

/** The head's entry; one that is missing or was changed is a finding, not a reason to stop. */
const entryOf = async (
  { documents }: Stores,
  head: Head,
): Promise<{ readonly entry: LedgerEntry | undefined; readonly isSound: boolean }> => {
  const read = await readEntry(documents, head.seq)();
  if (E.isLeft(read) && read.left.kind === 'permanent') return { entry: undefined, isSound: false };
  const entry = unwrap(read);
  const { hash, ...content } = entry;
  return { entry, isSound: hash === head.hash && hashOfEntry(content) === hash };
};

const agreed: Disagreements = {
  ...{ current: [], document: [], event: [], ledger: [] },
  release: undefined,
};

const disagreementsOf = async (
  desk: Stores,
  head: PromotionState['head'],
  document: string,
  isShown: boolean,
): Promise<Pick<StatusFacts, 'entry' | 'disagreements'>> => {
  if (head === null) {
    const current = unwrap(await desk.objects.list('current/')()).map(({ key }) => key);
    return {
      entry: undefined,
      disagreements: { ...agreed, current, document: isShown ? [document] : [] },
    };
  }
  const { entry, isSound } = await entryOf(desk, head);
  const ledger = isSound ? [] : [`ledger entry ${head.seq}`];
  const read = await readReleaseAt(desk.objects, releaseKey(head.version, ''))();
  // A release that can't be read is what this command is asked about, too.
  if (E.isLeft(read) && read.left.kind === 'permanent')
    return { entry, disagreements: { ...agreed, ledger, release: read.left.message } };
  const deviations = unwrap(await findDeviations(desk, head, unwrap(read))());
  return { entry, disagreements: { ...agreed, ...deviations, ledger } };
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
  const { config, documents, clock } = desk;
  const path = { collection: config.firestoreCollection, document: config.firestoreDocument };
  const document = O.toUndefined(unwrap(await documents.get(path)()));
  const { head, frontier } = unwrap(await readPromotionState(documents)());
  const { entry, disagreements } = await disagreementsOf(
    desk,
    head,
    `${path.collection}/${path.document}`,
    document !== undefined,
  );
  return {
    ...{ now: clock(), maxAgeDays, head, frontier, entry, disagreements },
    shown: document && shownIn(document),
    deadLetters: await lookAtDeadLetters(desk),
    unfinished: await desk.unfinished(),
    monthlyRun: await desk.monthlyRun(),
  };
};
