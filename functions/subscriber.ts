import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Failure, FailureError, unexpected } from '../shared/failure.js';
import { deadLetterTopic, type FunctionName, topicOf } from '../shared/topology.js';
import type { Environment, Received, Step, StepResult } from './environment.js';
import { publishMessage } from './publish-message.js';
import { type Delivery, deliveryOf, jsonOf, publishedAt } from './push-message.js';

/** What the functions framework calls. Resolving acknowledges; throwing has it delivered again. */
export type Handler = (event: unknown) => Promise<void>;

/** The environment is made on the first event, and again if making it failed. */
export type EnvironmentProvider = () => Promise<Environment>;

export interface Subscriber<M> {
  readonly name: FunctionName;
  /** From the JSON value to the message that the step understands. */
  readonly decode: (
    data: unknown,
    publishedAt: Date,
    environment: Environment,
  ) => E.Either<Failure, M>;
  readonly step: Step<M>;
}

const received = <M>(
  subscriber: Subscriber<M>,
  environment: Environment,
  delivery: Delivery,
): E.Either<Failure, Received<M>> =>
  pipe(
    E.Do,
    E.bind('publishedAt', () => publishedAt(delivery)),
    E.bind('data', () => jsonOf(topicOf(subscriber.name), delivery.data)),
    E.bind('message', ({ data, publishedAt }) => subscriber.decode(data, publishedAt, environment)),
    E.map(({ message, publishedAt }) => ({
      message,
      publishedAt,
      attributes: delivery.attributes,
    })),
  );

/** What throws has a bug; nothing is known about it, so it is tried again. */
const guarded = <A>(task: () => TE.TaskEither<Failure, A>): TE.TaskEither<Failure, A> =>
  pipe(
    TE.tryCatch(async () => task()(), unexpected),
    TE.chain(TE.fromEither),
  );

/** Attribute values are limited to 1024 bytes; 900 characters of reason leave room for accents. */
const attributeText = (text: string): string => {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length <= 1000
    ? text
    : `${bytes
        .subarray(0, 990)
        .toString('utf8')
        .replace(/\uFFFD+$/, '')}…`;
};

const park = (
  { publisher }: Environment,
  name: FunctionName,
  delivery: Delivery,
  failure: Failure,
): TE.TaskEither<Failure, string> =>
  publisher.publish(deadLetterTopic(name), delivery.data, {
    ...delivery.attributes,
    dead_letter_function: name,
    dead_letter_code: failure.code,
    dead_letter_reason: attributeText(failure.message),
    dead_letter_message_id: delivery.messageId,
  });

/**
 * Turns a step into a CloudEvent handler: decode, run, publish what it says, acknowledge. A
 * permanent failure parks the original on the function's dead-letter topic with the reason and
 * acknowledges it; a transient one throws. No outcome passes unseen: each is logged.
 */
export const subscribe =
  <M>(subscriber: Subscriber<M>) =>
  (provide: EnvironmentProvider): Handler =>
  async (event) => {
    const environment = await provide();
    const delivery = deliveryOf(event);
    const outcome = await guarded(() =>
      pipe(
        TE.fromEither(received(subscriber, environment, delivery)),
        TE.chain((message) => subscriber.step(message)(environment)),
        TE.chainFirst(
          ({ outgoing }): TE.TaskEither<Failure, unknown> =>
            outgoing === undefined ? TE.right(undefined) : publishMessage(environment, outgoing),
        ),
      ),
    )();
    const settled = E.isRight(outcome)
      ? E.right(logSuccess(environment, subscriber.name, delivery, outcome.right))
      : await settle(environment, subscriber.name, delivery, outcome.left);
    if (E.isLeft(settled)) throw new FailureError(settled.left);
  };

/**
 * What the delivery says about itself, whether or not its data can be read. Attributes are only
 * claims; what a step has found out itself is said instead of them.
 */
const deliveryFacts = ({ messageId, attributes }: Delivery) => ({
  message_id: messageId,
  ...Object.fromEntries(
    ['run_id', 'version', 'traceparent'].flatMap((name) => {
      const value = attributes[name];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
});

const logSuccess = (
  { log }: Environment,
  stage: FunctionName,
  delivery: Delivery,
  { outgoing, outcome, ...facts }: StepResult,
): void =>
  log({
    severity: 'INFO',
    message: `${stage}: ${outcome}`,
    stage,
    outcome,
    ...deliveryFacts(delivery),
    ...(outgoing === undefined ? {} : { outgoing_event_id: outgoing.event_id }),
    ...facts,
  });

const settle = async (
  environment: Environment,
  stage: FunctionName,
  delivery: Delivery,
  failure: Failure,
): Promise<E.Either<Failure, void>> => {
  const say = (outcome: string, { message, code, cause }: Failure): void =>
    environment.log({
      ...failure.context,
      ...deliveryFacts(delivery),
      severity: 'ERROR',
      message,
      stage,
      outcome,
      code,
      cause,
    });
  if (failure.kind === 'transient') {
    say('will_be_delivered_again', failure);
    return E.left(failure);
  }
  return pipe(
    park(environment, stage, delivery, failure),
    TE.bimap(
      (unparked) => {
        const message = `${failure.message} It could not be parked: ${unparked.message}`;
        say('will_be_delivered_again', { ...unparked, message });
        return unparked;
      },
      () => say('dead_letter', failure),
    ),
  )();
};
