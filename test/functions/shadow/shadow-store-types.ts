// Compiled, never run: once a way opens from the shadow history to what is published, an
// expected error is none, and this file does not compile.
import type { Environment, StepResult } from '../../../functions/environment.js';
import { promote } from '../../../functions/promote/promote.js';
import type { ShadowResult, shadow } from '../../../functions/shadow/shadow.js';
import type { ShadowEnvironment } from '../../../functions/shadow/shadow-environment.js';
import type { ShadowStore } from '../../../functions/shadow/shadow-store.js';
import type { AnyEnvelope } from '../../../shared/messages/envelope.js';
import type { ReleaseMaterialised } from '../../../shared/messages/release-materialised.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';

export const ways = (
  environment: ShadowEnvironment,
  message: AnyEnvelope,
  announced: ReleaseMaterialised,
) => [
  // @ts-expect-error: there is nothing to publish with
  environment.publisher,
  // @ts-expect-error: there is no bucket
  environment.objects,
  // @ts-expect-error: there are no documents, so there is no ledger
  environment.documents,
  // @ts-expect-error: what lies elsewhere cannot even be listed
  environment.history.list,
  // @ts-expect-error: promote cannot run here
  promote({ message: announced, attributes: {}, publishedAt: new Date(0) })(environment),
  // @ts-expect-error: a result has nothing to say onwards
  ((outgoing: AnyEnvelope): ShadowResult['outgoing'] => outgoing)(message),
];

// @ts-expect-error: the part below shadow/ does not pass for the bucket
export const asBucket = (store: ShadowStore): ObjectStore => store;

/** An object with the same functions is still no such store. */
export const imitated = (store: Omit<ShadowStore, symbol>): ShadowStore =>
  // @ts-expect-error: only this function's own room can make one
  ({ read: store.read, writeOnce: store.writeOnce, replace: store.replace });

export const given = (step: ReturnType<typeof shadow>, environment: Environment) =>
  // @ts-expect-error: the step does not take the environment of the others
  step(environment);

/** And yet the subscriber takes what the step answers. */
export const answered = (result: ShadowResult): StepResult => result;
