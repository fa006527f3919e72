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

/** What has become of a message to promote. */
export type PromotionOutcome =
  | { readonly outcome: 'done'; readonly seq: number }
  | { readonly outcome: 'superseded'; readonly reason: string };

const readSummarySequence = async ({ documents, config }: TargetStores): Promise<number> => {
  const path = summaryPath(config);
  return summarySequence(O.toUndefined(getOrThrow(await documents.get(path)())));
};

/**
 * Its promotion, once the ledger has it and the document shows it or a later one. The ledger's own
 * rule tells: what has been done is done already.
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

/** Refuses what promote would refuse as well, before its dead letter raises an alarm. */
export const assertNotRejected = async (
  { documents }: TargetStores,
  control: PromotionCommand,
): Promise<void> => {
  const preview = decide(getOrThrow(await readPromotionState(documents)()), control);
  if (preview.kind === 'refused')
    throw new FailureError(permanent('conflict', `${control.version}: ${preview.reason}`));
};

/** The functions between the message that commands a promotion and the readers. */
const TO_READERS: readonly FunctionName[] = ['promote', 'sync-firestore'];

export const isAboutVersion =
  (version: Version) =>
  (letter: DeadLetter): boolean =>
    deadLetterSummary(letter).version === version;

/** Has a promotion made; one without effect ends the command. Nothing: it was not waited for. */
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
    throw new FailureError(permanent('conflict', `Nothing was promoted: ${promoted.reason}`));
  return promoted?.seq;
};

/** What `rollback` and `restate` answer; scripts rely on the names. */
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

/** The command that publishes the membership of a release under the newest date that there is for it. */
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

/** Why nobody goes back to a release that readers accept no longer than today. */
export const expiredReleaseError = (
  target: Pick<CommandTarget, 'config' | 'clock' | 'commandLine'>,
  version: Version,
  frontier: PromotionState['frontier'],
): FailureError => {
  const restate = restateCommand(target, version, frontier);
  const way = restate === undefined ? '' : ` Publish its membership under a new date: ${restate}`;
  return new FailureError(
    permanent(
      'stale',
      `${version} has 0 days left of ${target.config.maxAgeDays}: readers would refuse it and fall back to what this rollback leaves.${way}`,
    ),
  );
};

/** What readers make of a release that is too old for them, and what they would take instead. */
export const readerRejectionText = (
  target: Pick<CommandTarget, 'config' | 'clock' | 'commandLine'>,
  version: Version,
  asOfDate: AsOfDate,
  frontier: PromotionState['frontier'],
): readonly string[] => {
  const age = dayOf(target.clock()) - parseIsoDay(asOfDate);
  if (age <= target.config.maxAgeDays) return [];
  const restate = restateCommand(target, version, frontier);
  const rejected = wrap(`Readers refuse it for its age (${age} days old) and keep what they have.`);
  if (restate === undefined) return rejected;
  return [
    ...rejected,
    'This gives them the same pool under a new date:',
    ...commandLines(restate, 2),
  ];
};

const acceptanceOf = (daysLeft: number): string => {
  if (daysLeft === 0) return 'Readers accept it today for the last time (0 days left).';
  return `Readers accept it for another ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}.`;
};

/**
 * The answer of a command that has moved what readers see; `requested` where nobody waited. Where
 * readers refuse what was promoted, `refusal` says so.
 */
export const printReleaseChange = (
  context: Context,
  planned: ReturnType<typeof releaseChange>,
  seq: number | undefined,
  {
    done,
    asked,
    refusal = [],
  }: { readonly done: string; readonly asked: string; readonly refusal?: readonly string[] },
): void => {
  if (seq === undefined)
    print(context, { ...planned, promotion_seq: null, requested: true }, () =>
      [...wrap(`${asked}.`, 2), ...refusal].join('\n'),
    );
  else
    print(context, { ...planned, promotion_seq: seq }, () =>
      [
        ...wrap(`${done} as promotion ${seq}.`, 2),
        ...(refusal.length > 0 ? refusal : [acceptanceOf(planned.days_left)]),
      ].join('\n'),
    );
};
