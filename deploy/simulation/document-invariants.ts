import { isDeepStrictEqual } from 'node:util';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../shared/codec/decode.js';
import type { PositiveInteger } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { LEDGER_COLLECTION, promotionPath, summaryPath } from '../../shared/document-paths.js';
import { evolve, type PromotionCommand } from '../../shared/promotion/decide.js';
import { LedgerEntry, verifyChain } from '../../shared/promotion/ledger.js';
import { initialState, PromotionState } from '../../shared/promotion/state.js';
import { pathText } from './faulty-ports.js';
import { documentIn, ledgerEntries, objectsUnder, type StoreContents } from './store-contents.js';

/** The message that an entry records. Only a rollback names a sequence: the one before its own. */
const messageOf = ({
  event_id,
  intent,
  version,
  as_of_date,
  seq,
}: LedgerEntry): PromotionCommand => ({
  eventId: event_id,
  intent,
  version,
  asOfDate: as_of_date,
  ...(intent === 'rollback' ? { expectedSeq: (seq - 1) as PositiveInteger } : {}),
});

/** The entries are 1 to n, chained, and explain the state document to the letter. */
const ledgerProblems = (contents: StoreContents): readonly string[] => {
  const entries: LedgerEntry[] = [];
  for (const data of ledgerEntries(contents)) {
    const decoded = decode(LedgerEntry, 'ledger entry')(data);
    if (E.isLeft(decoded)) return [decoded.left.message];
    entries.push(decoded.right);
  }
  const stored = decode(
    PromotionState,
    'promotion state',
  )(documentIn(contents, promotionPath) ?? initialState);
  if (E.isLeft(stored)) return [stored.left.message];
  const replayed = entries.reduce(
    (state, entry) => evolve(state, messageOf(entry), entry.seq, entry.hash),
    initialState,
  );
  return [
    ...verifyChain(entries, stored.right.head),
    ...(isDeepStrictEqual(stored.right, replayed)
      ? []
      : ['the promotion state is not what the ledger makes of nothing']),
  ];
};

const sequenceIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** What readers are told has been promoted, and is never older than what they were told before. */
const summaryProblems = (
  before: StoreContents,
  after: StoreContents,
  config: PipelineConfig,
): readonly string[] => {
  const path = summaryPath(config);
  const document = documentIn(after, path);
  if (document === undefined) return [];
  const told = sequenceIn(documentIn(before, path)?.promotion_seq);
  const seq = sequenceIn(document.promotion_seq);
  return [
    seq < told && `the document fell from promotion ${told} to ${seq}`,
    ledgerEntries(after)[seq - 1]?.version !== document.version &&
      `the document shows ${document.version} as promotion ${seq}; the ledger does not`,
  ].filter((problem) => problem !== false);
};

/** Nothing is promoted before it has been proven that readers will accept it. */
const proofProblems = (before: StoreContents, after: StoreContents): readonly string[] =>
  ledgerEntries(after)
    .slice(ledgerEntries(before).length)
    .filter(
      ({ version, event_id }) =>
        !objectsUnder(after, `evidence/${String(version)}/acceptance/`).some(([, { bytes }]) =>
          Buffer.from(bytes).toString('utf8').includes(String(event_id)),
        ),
    )
    .map(({ seq }) => `promotion ${String(seq)} was recorded without proof that readers accept it`);

/** What is wrong with a commit that leads from one state of the documents to another. */
export const commitViolations = (
  before: StoreContents,
  after: StoreContents,
  config: PipelineConfig,
): readonly string[] => {
  // Even with the same words: two promotions that both append entry n have not seen each other.
  const rewritten = [...before.documents].filter(
    ([path, data]) =>
      path.startsWith(`${LEDGER_COLLECTION}/`) && after.documents.get(path) !== data,
  );
  const state = pathText(promotionPath);
  const moved = after.documents.get(state) !== before.documents.get(state);
  return [
    ...rewritten.map(([path]) => `${path} has been written again`),
    ...(moved ? ledgerProblems(after) : []),
    ...proofProblems(before, after),
    ...summaryProblems(before, after, config),
  ];
};
