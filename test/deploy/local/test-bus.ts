import { type BusOptions, drain, localPublisher } from '../../../deploy/local/bus.js';
import type { MessageQueue } from '../../../deploy/local/message-queue.js';
import { parseDelivery } from '../../../functions/push-message.js';
import type { Attributes } from '../../../shared/ports/publisher.js';
import type { FunctionName } from '../../../shared/topology.js';
import { done } from '../../contract/store-under-test.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const clock = () => new Date('2026-03-14T00:30:00Z');

type Handle = (text: string, name: FunctionName) => Promise<void>;

/** A bus whose functions all do the same; records what happens, in order. */
export const busOn = (queue: MessageQueue, handle: Handle = async () => undefined) => {
  const happened: string[] = [];
  const pauses: number[] = [];
  let time = 0;
  const handler = (name: FunctionName) => async (event: unknown) => {
    const text = Buffer.from(getOrThrow(parseDelivery(event)).data).toString();
    happened.push(`${name} gets ${text}`);
    await handle(text, name);
  };
  const options: BusOptions = {
    queue,
    clock,
    handlers: {
      ingest: handler('ingest'),
      rank: handler('rank'),
      materialise: handler('materialise'),
      promote: handler('promote'),
      'sync-firestore': handler('sync-firestore'),
      reconcile: handler('reconcile'),
      shadow: handler('shadow'),
    },
    observer: {
      started: (name) => {
        happened.push(`${name} starts`);
      },
      handled: async (name, milliseconds) => {
        happened.push(`${name} took ${milliseconds}`);
      },
      failed: (name, failure, attemptsLeft) => {
        happened.push(`${name} failed: ${failure.message}, ${attemptsLeft} left`);
      },
    },
    stopwatch: () => {
      time += 5;
      return time;
    },
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  };
  const publisher = localPublisher(queue, clock);
  const publish = (topic: string, text: string, attributes: Attributes = {}): Promise<string> =>
    done(publisher.publish(topic, Buffer.from(text), attributes));
  return { options, publisher, publish, happened, pauses, drain: () => drain(options) };
};

export const deliveries = (happened: readonly string[]): readonly string[] =>
  happened.filter((line) => line.includes(' gets '));
