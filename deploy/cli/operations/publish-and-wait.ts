import * as O from 'fp-ts/lib/Option.js';
import type * as TE from 'fp-ts/lib/TaskEither.js';
import {
  type Failure,
  FailureError,
  getOrThrow,
  permanent,
} from '../../../shared/codec/failure.js';
import type { AsOfDate, Version } from '../../../shared/codec/primitives.js';
import { daysLeftOf } from '../../../shared/config.js';
import { dayOf, isoDay, parseIsoDay } from '../../../shared/day.js';
import { summaryPath } from '../../../shared/document-paths.js';
import type { Intent } from '../../../shared/messages/run-fields.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import { decide, type PromotionCommand } from '../../../shared/promotion/decide.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { restatementDay } from '../../../shared/promotion/restatement-day.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { summarySequence } from '../../../shared/releases/published-sequence.js';
import type { FunctionName } from '../../../shared/topology.js';
import { type Context, print } from '../context.js';
import type { TargetStores } from '../run/state-stores.js';
import type { CommandTarget, WritableTarget } from '../target/command-target.js';
import { deadLetterSummary } from '../target/dead-letter-summary.js';
import { commandLines } from '../terminal/help.js';
import { wrap } from '../terminal/wrap.js';

/** The outcome of a message that requests a promotion. */
export type PromotionOutcome =
  | { readonly outcome: 'done'; readonly seq: number }
  | { readonly outcome: 'superseded'; readonly reason: string };

const readSummarySequence = async ({ documents, config }: TargetStores): Promise<number> => {
  const path = summaryPath(config);
  return summarySequence(O.toUndefined(getOrThrow(await documents.get(path)())));
};

/**
 * The promotion, once the ledger contains it and the document shows it or a later one. Uses the
 * rule of promote: a message that is already done was promoted.
 */
export const promotionOutcome = async (
  stores: TargetStores,
  control: PromotionCommand,
): Promise<PromotionOutcome | undefined> => {
  const decision = decide(getOrThrow(await readPromotionState(stores.documents)()), control);
  if (decision.kind === 'superseded') return { outcome: 'superseded', reason: decision.reason };
  if (decision.kind !== 'already_done' || (await readSummarySequence(stores)) < decision.seq)
    return undefined;
  return { outcome: 'done', seq: decision.seq };
};

/** Rejects what promote would reject, before a dead letter raises an alert. */
export const assertNotRejected = async (
  { documents }: TargetStores,
  control: PromotionCommand,
): Promise<void> => {
  const preview = decide(getOrThrow(await readPromotionState(documents)()), control);
  if (preview.kind === 'refused')
    throw new FailureError(permanent('conflict', `${control.version}: ${preview.reason}`));
};

/** The functions between the message that requests a promotion and the readers. */
const TO_READERS: readonly FunctionName[] = ['promote', 'sync-firestore'];

export const isAboutVersion =
  (version: Version) =>
  (letter: DeadLetter): boolean =>
    deadLetterSummary(letter).version === version;

/** Requests a promotion; resolves to its sequence, with `--no-wait` to undefined. */
export const publishAndWait = async (
  target: WritableTarget,
  control: PromotionCommand,
  publish: TE.TaskEither<Failure, string>,
): Promise<number | undefined> => {
  const promoted = await target.execute({
    publish,
    functions: TO_READERS,
    isRelated: isAboutVersion(control.version),
    poll: () => promotionOutcome(target, control),
  });
  if (promoted?.outcome === 'superseded')
    throw new FailureError(
      permanent('conflict', `Superseded, nothing was promoted: ${promoted.reason}`),
    );
  return promoted?.seq;
};

/** The result of `rollback` and `restate`; scripts rely on the names. */
export const releaseChange = (
  { config, clock }: TargetStores,
  head: NonNullable<PromotionState['head']>,
  to: { readonly version: Version; readonly asOfDate: AsOfDate; readonly intent: Intent },
) => ({
  from_version: head.version,
  version: to.version,
  promotion_seq: head.seq + 1,
  intent: to.intent,
  days_left: daysLeftOf(config, to.asOfDate, clock()),
});

/** The command that publishes the membership of a release under the newest possible date. */
const restateCommand = (
  { clock, commandLine }: Pick<CommandTarget, 'clock' | 'commandLine'>,
  version: Version,
  frontier: PromotionState['frontier'],
): string | undefined => {
  const day = restatementDay(dayOf(clock()), parseIsoDay(frontier ?? ''));
  return day === undefined
    ? undefined
    : commandLine(`restate --from ${version} --as-of-date ${isoDay(day)} --reason REASON`);
};

/** The failure for rolling back to a release that expires today. */
export const expiredReleaseError = (
  target: Pick<CommandTarget, 'config' | 'clock' | 'commandLine'>,
  version: Version,
  frontier: PromotionState['frontier'],
): FailureError => {
  const restate = restateCommand(target, version, frontier);
  const hint = restate === undefined ? '' : ` Publish its membership under a new date: ${restate}`;
  return new FailureError(
    permanent(
      'stale',
      `${version} has 0 days left of ${target.config.maxAgeDays}: readers would refuse it and fall back to the release being rolled back.${hint}`,
    ),
  );
};

/** The text for a release that readers refuse for its age; empty if they accept it. */
export const readerRejectionText = (
  target: Pick<CommandTarget, 'config' | 'clock' | 'commandLine'>,
  version: Version,
  asOfDate: AsOfDate,
  frontier: PromotionState['frontier'],
): readonly string[] => {
  const age = dayOf(target.clock()) - parseIsoDay(asOfDate);
  if (age <= target.config.maxAgeDays) return [];
  const restate = restateCommand(target, version, frontier);
  const rejected = wrap(
    `Readers refuse it for its age (${age} days old) and keep the pool that they have.`,
  );
  if (restate === undefined) return rejected;
  return [...rejected, 'Publish the same pool under a new date:', ...commandLines(restate, 2)];
};

const acceptanceOf = (daysLeft: number): string => {
  if (daysLeft === 0) return 'Readers accept it until the end of today, UTC (0 days left).';
  return `Readers accept it for ${daysLeft} more ${daysLeft === 1 ? 'day' : 'days'}.`;
};

/**
 * Prints the result of a command that changes the current release; `requested` with `--no-wait`.
 * `rejection` is the text for a release that readers refuse.
 */
export const printReleaseChange = (
  context: Context,
  planned: ReturnType<typeof releaseChange>,
  seq: number | undefined,
  {
    done,
    requested,
    rejection = [],
  }: { readonly done: string; readonly requested: string; readonly rejection?: readonly string[] },
): void => {
  if (seq === undefined)
    print(context, { ...planned, promotion_seq: null, requested: true }, () =>
      [...wrap(`${requested}.`, 2), ...rejection].join('\n'),
    );
  else
    print(context, { ...planned, promotion_seq: seq }, () =>
      [
        ...wrap(`${done} as promotion ${seq}.`, 2),
        ...(rejection.length > 0 ? rejection : [acceptanceOf(planned.days_left)]),
      ].join('\n'),
    );
};
