import type * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { publishMessage } from '../../../functions/publish-message.js';
import { encodeJson } from '../../../shared/codec/bytes.js';
import { decode } from '../../../shared/codec/decode.js';
import {
  type Failure,
  FailureError,
  getOrThrow,
  permanent,
} from '../../../shared/codec/failure.js';
import { canonicalJson, sha256 } from '../../../shared/codec/hash.js';
import {
  AsOfDate,
  timestampOf,
  type Version,
  versionOf,
} from '../../../shared/codec/primitives.js';
import type { Release } from '../../../shared/contract/release.js';
import { restateRelease } from '../../../shared/contract/restate-release.js';
import { dayOf, parseIsoDay } from '../../../shared/day.js';
import { RESTATEMENT_FILE } from '../../../shared/evidence/evidence-files.js';
import { Restatement } from '../../../shared/evidence/restatement.js';
import { parseControlAttributes } from '../../../shared/messages/control-attributes.js';
import { makeMessage, RunId } from '../../../shared/messages/envelope.js';
import type { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import { evidenceKey, releaseKey } from '../../../shared/object-keys.js';
import { CONTENT_TYPES, writeOnce } from '../../../shared/ports/write-once.js';
import { manifestReference } from '../../../shared/releases/read-referenced-object.js';
import { writeRelease } from '../../../shared/releases/write-release.js';
import { type Action, type Context, contextOf, print } from '../context.js';
import {
  assertNotRejected,
  printReleaseChange,
  publishAndWait,
  releaseChange,
} from '../operations/publish-and-wait.js';
import { readReleaseByVersion } from '../release/read-release.js';
import type { TargetStores } from '../run/state-stores.js';
import { requirePromotedState } from '../target/consistent-state.js';
import { withWritableTarget } from '../target/open.js';
import { EXIT } from '../terminal/exit-code.js';
import { reasonArgument } from '../terminal/reason-argument.js';
import { getOrThrowUsage, UsageError } from '../terminal/usage-error.js';
import { versionArgument } from '../terminal/version-argument.js';

interface RestateOptions {
  readonly from: Version;
  readonly asOfDate: AsOfDate;
  readonly reason: string;
}

const restatementOf = (options: Readonly<Record<string, unknown>>): RestateOptions => {
  const { asOfDate } = options;
  const reason = reasonArgument(options.reason);
  if (!AsOfDate.is(asOfDate))
    throw new UsageError(`--as-of-date: expected YYYY-MM-DD, got ${String(asOfDate)}`);
  getOrThrowUsage(parseControlAttributes({ intent: 'restate', reason }));
  return { from: versionArgument(options.from), asOfDate, reason };
};

/** The restatement evidence: the original release, the reason and the operator. */
const evidenceOf = (
  old: Release,
  { from, reason }: RestateOptions,
  actor: string,
): E.Either<Failure, Uint8Array> =>
  encodeJson(
    Restatement,
    RESTATEMENT_FILE,
  )({
    schema_version: 1,
    restated_from: from,
    reason,
    actor,
    original_sha256: old.sha256,
  });

const runIdOf = (version: Version, restatement: RestateOptions): RunId => {
  const digest = sha256(canonicalJson(['restate', restatement]));
  return getOrThrow(decode(RunId)(`${version}-${digest.slice(0, 12)}`));
};

/** Writes the new release and its evidence; resolves to its release-materialised message. */
const writeRestated = (
  { objects, config, clock }: TargetStores,
  old: Release,
  restated: Release,
  restatement: RestateOptions,
): TE.TaskEither<Failure, ReleaseMaterialised> => {
  const { version } = restated;
  return pipe(
    TE.fromEither(evidenceOf(old, restatement, config.actor)),
    TE.bindTo('evidence'),
    TE.bind('written', () => writeRelease(objects, releaseKey(version, ''), restated)),
    TE.chainFirst(({ evidence }) =>
      writeOnce(objects, evidenceKey(version, RESTATEMENT_FILE), evidence, CONTENT_TYPES.json),
    ),
    TE.map(({ written: { release } }) => {
      const cause = {
        event_id: null,
        run_id: runIdOf(version, restatement),
        occurred_at: timestampOf(clock()),
      };
      return makeMessage('release-materialised', cause, {
        mode: release.livePool.mode,
        as_of_date: restatement.asOfDate,
        version,
        dry_run: false,
        allow_stale: false,
        symbols: release.livePool.symbols,
        manifest: manifestReference(config, release),
      });
    }),
  );
};

/** Rejects a restatement in a deployment without a commit: its readers would refuse the release. */
const assertKnownRevision = ({ cloud }: Context, { config }: TargetStores): void => {
  if (cloud !== undefined && config.sourceRevision === undefined)
    throw new FailureError(
      permanent(
        'configuration',
        "The source commit is unknown, so readers would refuse the new release. Set SOURCE_REVISION to the deployment's commit.",
      ),
    );
};

const restate = async (
  context: Context,
  options: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const restatement = restatementOf(options);
  const { from, asOfDate, reason } = restatement;
  return withWritableTarget(context, async (target) => {
    const { config, clock } = target;
    assertKnownRevision(context, target);
    if (parseIsoDay(asOfDate) > dayOf(clock()))
      throw new UsageError(`--as-of-date: expected today or earlier (UTC), got ${asOfDate}`);
    const { head } = await requirePromotedState(target);
    const old = await readReleaseByVersion(target, from);
    const version = versionOf(asOfDate, old.livePool.mode);
    if (version === from)
      throw new FailureError(permanent('conflict', `${from} already has the date ${asOfDate}`));
    const intent = 'restate';
    // Checked before anything is written: promote rejects it only after the release exists.
    const preview = { eventId: old.sha256.artifact_manifest, intent, version, asOfDate } as const;
    await assertNotRejected(target, preview);
    const restated = getOrThrow(
      restateRelease(old, {
        asOfDate,
        generatedAt: timestampOf(clock()),
        sourceRevision: config.sourceRevision,
      }),
    );
    const planned = releaseChange(target, head, { version, asOfDate, intent });
    if (options.dryRun === true) {
      print(context, planned, () => `Would publish the pool of ${from} again as ${version}.`);
      return EXIT.ok;
    }
    const message = getOrThrow(await writeRestated(target, old, restated, restatement)());
    const control = { eventId: message.event_id, intent, version, asOfDate } as const;
    const publish = publishMessage(target, message, { intent, reason });
    printReleaseChange(context, planned, await publishAndWait(target, control, publish), {
      done: `Published the pool of ${from} again as ${version}`,
      requested: `Requested publishing the pool of ${from} again as ${version}`,
    });
    return EXIT.ok;
  });
};

export const restateAction: Action = (command) => restate(contextOf(command), command.opts());
