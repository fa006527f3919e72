import { isDeepStrictEqual } from 'node:util';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../shared/codec/decode.js';
import { type PositiveInteger, Version } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { LEDGER_COLLECTION, promotionPath, summaryPath } from '../../shared/document-paths.js';
import { ACCEPTANCE_FOLDER } from '../../shared/evidence/evidence-files.js';
import { evidenceKey } from '../../shared/object-keys.js';
import { evolve, type PromotionCommand } from '../../shared/promotion/decide.js';
import { LedgerEntry, verifyChain } from '../../shared/promotion/ledger.js';
import { initialState, PromotionState } from '../../shared/promotion/state.js';
import { summarySequence } from '../../shared/releases/published-sequence.js';
import { pathText } from './faulty-ports.js';
import { documentIn, ledgerEntries, objectsUnder, type StoreContents } from './store-contents.js';

/** The command that an entry records. Only a rollback names a sequence: its predecessor's. */
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

/** The entries are 1 to n and chained, and replaying them gives exactly the state document. */
const ledgerViolations = (contents: StoreContents): readonly string[] => {
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
      : ['the promotion state differs from a replay of the ledger']),
  ];
};

/** The document shows a promoted release, and its sequence never decreases. */
const summaryViolations = (
  before: StoreContents,
  after: StoreContents,
  config: PipelineConfig,
): readonly string[] => {
  const path = summaryPath(config);
  const document = documentIn(after, path);
  if (document === undefined) return [];
  const previous = summarySequence(documentIn(before, path));
  const seq = summarySequence(document);
  return [
    seq < previous && `the document fell from promotion ${previous} to ${seq}`,
    ledgerEntries(after)[seq - 1]?.version !== document.version &&
      `the document shows ${document.version} as promotion ${seq}; the ledger does not`,
  ].filter((violation) => violation !== false);
};

/** Each promotion has evidence, written earlier, that readers accept the release. */
const acceptanceViolations = (before: StoreContents, after: StoreContents): readonly string[] =>
  ledgerEntries(after)
    .slice(ledgerEntries(before).length)
    .filter(
      ({ version, event_id }) =>
        !Version.is(version) ||
        !objectsUnder(after, evidenceKey(version, ACCEPTANCE_FOLDER)).some(([, { bytes }]) =>
          Buffer.from(bytes).toString('utf8').includes(String(event_id)),
        ),
    )
    .map(
      ({ seq }) => `promotion ${String(seq)} was recorded without evidence that readers accept it`,
    );

/** The invariants that a commit violates, given the documents before and after it. */
export const commitViolations = (
  before: StoreContents,
  after: StoreContents,
  config: PipelineConfig,
): readonly string[] => {
  // Compared by identity: two promotions that append the same entry n were not isolated.
  const rewritten = [...before.documents].filter(
    ([path, data]) =>
      path.startsWith(`${LEDGER_COLLECTION}/`) && after.documents.get(path) !== data,
  );
  const state = pathText(promotionPath);
  const moved = after.documents.get(state) !== before.documents.get(state);
  return [
    ...rewritten.map(([path]) => `${path} was written twice`),
    ...(moved ? ledgerViolations(after) : []),
    ...acceptanceViolations(before, after),
    ...summaryViolations(before, after, config),
  ];
};
