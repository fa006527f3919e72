import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, unexpected } from '../shared/codec/failure.js';
import { deadLetterAttributes } from '../shared/ports/dead-letter-attributes.js';
import { redacted } from '../shared/redact.js';
import { deadLetterTopic, type FunctionName, topicOf } from '../shared/topology.js';
import { type DeliveryLog, deliveryLog } from './delivery-log.js';
import type { Environment, Received, Step } from './environment.js';
import { publishMessage } from './publish-message.js';
import { type Delivery, parseData, parseDelivery } from './push-message.js';

/** Called by the functions framework. Resolving acknowledges; throwing causes a redelivery. */
export type Handler = (event: unknown) => Promise<void>;

/** Creates the environment on the first event, and again if the first attempt failed. */
export type EnvironmentProvider = () => Promise<Environment>;

export interface HandlerDefinition<M> {
  readonly name: FunctionName;
  /** Decodes the JSON value into the message type of the step. */
  readonly decode: (
    data: unknown,
    publishedAt: Date,
    environment: Environment,
  ) => E.Either<Failure, M>;
  readonly step: Step<M>;
}

const decodeDelivery = <M>(
  definition: HandlerDefinition<M>,
  environment: Environment,
  delivery: Delivery,
): E.Either<Failure, Received<M>> =>
  pipe(
    parseData(topicOf(definition.name), delivery.data),
    E.chain((data) => definition.decode(data, delivery.publishedAt, environment)),
    E.map((message) => ({
      message,
      publishedAt: delivery.publishedAt,
      attributes: delivery.attributes,
    })),
  );

/** An exception is a bug of unknown cause, so the failure is transient and the delivery retried. */
const catchExceptions = <A>(task: () => TE.TaskEither<Failure, A>): TE.TaskEither<Failure, A> =>
  pipe(
    TE.tryCatch(async () => task()(), unexpected),
    TE.chain(TE.fromEither),
  );

const publishDeadLetter = (
  { publisher }: Environment,
  name: FunctionName,
  delivery: Delivery,
  failure: Failure,
): TE.TaskEither<Failure, string> =>
  publisher.publish(
    deadLetterTopic(name),
    delivery.data,
    deadLetterAttributes(name, delivery, failure),
  );

/** Failure messages reach logs and dead letters, so secrets are redacted. */
const redactFailure = (failure: Failure): Failure => ({
  ...failure,
  message: redacted(failure.message),
});

/** The framework prints every exception, so its message is redacted before it is thrown. */
const openEnvironment = async (provide: EnvironmentProvider): Promise<Environment> => {
  try {
    return await provide();
  } catch (error) {
    throw error instanceof FailureError ? new FailureError(redactFailure(error.failure)) : error;
  }
};

const handleFailure = (
  environment: Environment,
  name: FunctionName,
  delivery: Delivery,
  log: DeliveryLog,
  failure: Failure,
): TE.TaskEither<Failure, void> => {
  if (failure.kind === 'transient') {
    log.failed('will_be_delivered_again', failure);
    return TE.left(failure);
  }
  return pipe(
    publishDeadLetter(environment, name, delivery, failure),
    TE.bimap(
      (publishFailure) => {
        const { message, ...details } = redactFailure(publishFailure);
        log.failed('will_be_delivered_again', {
          ...details,
          message: `${failure.message} It could not be dead-lettered: ${message}`,
        });
        return { message, ...details };
      },
      () => log.failed('dead_letter', failure),
    ),
  );
};

/** Runs the step on a delivery. A Left means that the delivery is not acknowledged. */
const handle =
  <M>(
    definition: HandlerDefinition<M>,
    environment: Environment,
    delivery: Delivery,
    startedAt: Date,
  ): TE.TaskEither<Failure, void> =>
  async () => {
    const { name, step } = definition;
    const received = await catchExceptions(() =>
      TE.fromEither(decodeDelivery(definition, environment, delivery)),
    )();
    const log = deliveryLog(environment, name, delivery, received, startedAt);
    const outcome = await catchExceptions(() =>
      pipe(
        TE.fromEither(received),
        TE.chain((message) => step(message)(environment)),
        TE.chainFirst(
          ({ outgoing }): TE.TaskEither<Failure, unknown> =>
            outgoing === undefined ? TE.right(undefined) : publishMessage(environment, outgoing),
        ),
      ),
    )();
    return E.isRight(outcome)
      ? E.right(log.succeeded(outcome.right))
      : handleFailure(environment, name, delivery, log, redactFailure(outcome.left))();
  };

/** Logs a delivery that cannot be parsed. It has no message that could be dead-lettered. */
const reject = (
  environment: Environment,
  name: FunctionName,
  parseFailure: Failure,
  startedAt: Date,
): TE.TaskEither<Failure, never> => {
  const failure = redactFailure(parseFailure);
  deliveryLog(environment, name, undefined, E.left(failure), startedAt).failed(
    'will_be_delivered_again',
    failure,
  );
  return TE.left(failure);
};

/**
 * Turns a step into a CloudEvent handler: decode, run, publish the outgoing message, acknowledge.
 * A permanent failure publishes the original message with the reason to the function's dead-letter
 * topic and acknowledges it. A transient failure throws, and so does a delivery of unknown shape.
 * Every outcome is logged.
 */
export const createHandler =
  <M>(definition: HandlerDefinition<M>) =>
  (provide: EnvironmentProvider): Handler =>
  async (event) => {
    const environment = await openEnvironment(provide);
    const startedAt = environment.clock();
    const handled = await pipe(
      parseDelivery(event),
      E.fold(
        (failure) => reject(environment, definition.name, failure, startedAt),
        (delivery) => handle(definition, environment, delivery, startedAt),
      ),
    )();
    if (E.isLeft(handled)) throw new FailureError(handled.left);
  };
