import * as O from 'fp-ts/lib/Option.js';
import type * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, permanent } from '../../../shared/codec/failure.js';
import type { AsOfDate, Version } from '../../../shared/codec/primitives.js';
import { daysLeftOf } from '../../../shared/config.js';
import { dayOf, isoDay, parseIsoDay } from '../../../shared/day.js';
import type { Intent } from '../../../shared/messages/run-fields.js';
import type { DeadLetter } from '../../../shared/ports/dead-letters.js';
import { type ControlMessage, decide } from '../../../shared/promotion/decide.js';
import { readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { restatementDay } from '../../../shared/promotion/restatement-day.js';
import type { PromotionState } from '../../../shared/promotion/state.js';
import { sequenceShown } from '../../../shared/releases/published-sequence.js';
import type { FunctionName } from '../../../shared/topology.js';
import { type Context, print, unwrap } from '../context.js';
import type { Stores } from '../run/state-stores.js';
import type { ControlDesk, Desk } from '../target/command-target.js';
import { deadLetterFacts } from '../target/dead-letter-summary.js';
import { commandLines } from '../terminal/help.js';
import { wrap } from '../terminal/wrap.js';

/** What has become of a message to promote. */
export type Promoted =
  | { readonly outcome: 'done'; readonly seq: number }
  | { readonly outcome: 'superseded'; readonly reason: string };

const shownSeq = async ({ documents, config }: Stores): Promise<number> => {
  const path = { collection: config.firestoreCollection, document: config.firestoreDocument };
  return sequenceShown(O.toUndefined(unwrap(await documents.get(path)())));
};

/**
 * Its promotion, once the ledger has it and the document shows it or a later one. The ledger's own
 * rule tells: what has been done is done already.
 */
export const promotedBy = async (
  stores: Stores,
  control: ControlMessage,
): Promise<Promoted | undefined> => {
  const decision = decide(unwrap(await readPromotionState(stores.documents)()), control);
  if (decision.kind === 'superseded') return { outcome: 'superseded', reason: decision.reason };
  if (decision.kind !== 'already_done' || (await shownSeq(stores)) < decision.seq) return undefined;
  return { outcome: 'done', seq: decision.seq };
};

/** Refuses what promote would refuse as well, before its dead letter raises an alarm. */
export const refuseForeseen = async (
  { documents }: Stores,
  control: ControlMessage,
): Promise<void> => {
  const foreseen = decide(unwrap(await readPromotionState(documents)()), control);
  if (foreseen.kind === 'refused')
    throw new FailureError(permanent('conflict', `${control.version}: ${foreseen.reason}`));
};

/** The functions between the message that commands a promotion and the readers. */
const TO_READERS: readonly FunctionName[] = ['promote', 'sync-firestore'];

export const isAbout =
  (version: Version) =>
  (letter: DeadLetter): boolean =>
    deadLetterFacts(letter).version === version;

/** Has a promotion made; one without effect ends the command. Nothing: it was not waited for. */
export const promoteBy = async (
  desk: ControlDesk,
  control: ControlMessage,
  publish: TE.TaskEither<Failure, string>,
): Promise<number | undefined> => {
  const promoted = await desk.carryOut({
    publish,
    through: TO_READERS,
    concerns: isAbout(control.version),
    look: () => promotedBy(desk, control),
  });
  if (promoted?.outcome === 'superseded')
    throw new FailureError(permanent('conflict', `Nothing was promoted: ${promoted.reason}`));
  return promoted?.seq;
};

/** What `rollback` and `restate` answer; scripts rely on the names. */
export const moveAnswer = (
  { config, clock }: Stores,
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
  { clock, command }: Pick<Desk, 'clock' | 'command'>,
  version: Version,
  frontier: PromotionState['frontier'],
): string | undefined => {
  const day = restatementDay(dayOf(clock()), parseIsoDay(frontier ?? ''));
  return day === undefined
    ? undefined
    : command(`restate --from ${version} --as-of-date ${isoDay(day)} --reason REASON`);
};

/** Why nobody goes back to a release that readers accept no longer than today. */
export const refuseOld = (
  desk: Pick<Desk, 'config' | 'clock' | 'command'>,
  version: Version,
  frontier: PromotionState['frontier'],
): FailureError => {
  const restate = restateCommand(desk, version, frontier);
  const way = restate === undefined ? '' : ` Publish its membership under a new date: ${restate}`;
  return new FailureError(
    permanent(
      'stale',
      `${version} has 0 days left of ${desk.config.maxAgeDays}: readers would refuse it and fall back to what this rollback leaves.${way}`,
    ),
  );
};

/** What readers make of a release that is too old for them, and what they would take instead. */
export const refusalOf = (
  desk: Pick<Desk, 'config' | 'clock' | 'command'>,
  version: Version,
  asOfDate: AsOfDate,
  frontier: PromotionState['frontier'],
): readonly string[] => {
  const age = dayOf(desk.clock()) - parseIsoDay(asOfDate);
  if (age <= desk.config.maxAgeDays) return [];
  const restate = restateCommand(desk, version, frontier);
  const refused = wrap(`Readers refuse it for its age (${age} days old) and keep what they have.`);
  if (restate === undefined) return refused;
  return [
    ...refused,
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
export const printMove = (
  context: Context,
  planned: ReturnType<typeof moveAnswer>,
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
