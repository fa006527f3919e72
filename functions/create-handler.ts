import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, unexpected } from '../shared/codec/failure.js';
import { fittingValue } from '../shared/ports/attribute-limits.js';
import { redacted } from '../shared/redact.js';
import { deadLetterTopic, type FunctionName, topicOf } from '../shared/topology.js';
import { type DeliveryLog, deliveryLog } from './delivery-log.js';
import type { Environment, Received, Step } from './environment.js';
import { publishMessage } from './publish-message.js';
import { type Delivery, parseData, parseDelivery } from './push-message.js';

/** What the functions framework calls. Resolving acknowledges; throwing has it delivered again. */
export type Handler = (event: unknown) => Promise<void>;

/** The environment is made on the first event, and again if making it failed. */
export type EnvironmentProvider = () => Promise<Environment>;

export interface HandlerDefinition<M> {
  readonly name: FunctionName;
  /** From the JSON value to the message that the step understands. */
  readonly decode: (
    data: unknown,
    publishedAt: Date,
    environment: Environment,
  ) => E.Either<Failure, M>;
  readonly step: Step<M>;
}

const decodeDelivery = <M>(
  subscriber: HandlerDefinition<M>,
  environment: Environment,
  delivery: Delivery,
): E.Either<Failure, Received<M>> =>
  pipe(
    parseData(topicOf(subscriber.name), delivery.data),
    E.chain((data) => subscriber.decode(data, delivery.publishedAt, environment)),
    E.map((message) => ({
      message,
      publishedAt: delivery.publishedAt,
      attributes: delivery.attributes,
    })),
  );

/** What throws has a bug; nothing is known about it, so it is tried again. */
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
  publisher.publish(deadLetterTopic(name), delivery.data, {
    ...delivery.attributes,
    dead_letter_function: name,
    dead_letter_code: failure.code,
    dead_letter_reason: fittingValue(failure.message),
    dead_letter_message_id: delivery.messageId,
  });

/** Failures are told to people: an exception may quote what is none of their business. */
const redactFailure = (failure: Failure): Failure => ({
  ...failure,
  message: redacted(failure.message),
});

/** The framework prints what is thrown at it. */
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
      (unparked) => {
        const { message, ...details } = redactFailure(unparked);
        log.failed('will_be_delivered_again', {
          ...details,
          message: `${failure.message} It could not be parked: ${message}`,
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
    subscriber: HandlerDefinition<M>,
    environment: Environment,
    delivery: Delivery,
    startedAt: Date,
  ): TE.TaskEither<Failure, void> =>
  async () => {
    const { name, step } = subscriber;
    const reading = await catchExceptions(() =>
      TE.fromEither(decodeDelivery(subscriber, environment, delivery)),
    )();
    const log = deliveryLog(environment, name, delivery, reading, startedAt);
    const outcome = await catchExceptions(() =>
      pipe(
        TE.fromEither(reading),
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

/** Logs a delivery that cannot be read at all. There is nothing that could be dead-lettered. */
const reject = (
  environment: Environment,
  name: FunctionName,
  unreadable: Failure,
  startedAt: Date,
): TE.TaskEither<Failure, never> => {
  const failure = redactFailure(unreadable);
  deliveryLog(environment, name, undefined, E.left(failure), startedAt).failed(
    'will_be_delivered_again',
    failure,
  );
  return TE.left(failure);
};

/**
 * Turns a step into a CloudEvent handler: decode, run, publish what it says, acknowledge. A
 * permanent failure parks the original on the function's dead-letter topic with the reason and
 * acknowledges it; a transient one throws, and so does a delivery whose shape is not known. No
 * outcome passes unseen: each is logged.
 */
export const createHandler =
  <M>(subscriber: HandlerDefinition<M>) =>
  (provide: EnvironmentProvider): Handler =>
  async (event) => {
    const environment = await openEnvironment(provide);
    const startedAt = environment.clock();
    const settled = await pipe(
      parseDelivery(event),
      E.fold(
        (failure) => reject(environment, subscriber.name, failure, startedAt),
        (delivery) => handle(subscriber, environment, delivery, startedAt),
      ),
    )();
    if (E.isLeft(settled)) throw new FailureError(settled.left);
  };
