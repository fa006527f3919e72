import { type PubSub, type protos, v1 } from '@google-cloud/pubsub';
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.js';
import { deadLetterTopic, type FunctionName } from '../topology.js';
import { tryTask } from '../try-task.js';
import { withTimeout } from '../with-timeout.js';

const DEADLINE_EXCEEDED = 4;

/** Pub/Sub may return fewer; the next pull returns more. */
const MESSAGES_PER_PULL = 100;

/** Timeout of one request, including the client's retries. */
const REQUEST_TIMEOUT_MILLISECONDS = 20_000;

/** A pull on an empty subscription blocks; after this time it counts as empty. */
const EMPTY_PULL_MILLISECONDS = 2_000;

/** `peek` uses 'at hand': an immediate answer that may be empty although messages exist. */
type Thoroughness = 'all' | 'at hand';

interface Leased {
  readonly ackId: string;
  readonly letter: DeadLetter;
}

type Pulled = protos.google.pubsub.v1.IReceivedMessage;

const instantOf = ({ message }: Pulled): string => {
  const { seconds = 0, nanos = 0 } = message?.publishTime ?? {};
  return new Date(Number(seconds) * 1000 + Number(nanos) / 1e6).toISOString();
};

const leasedOf = (name: FunctionName, pulled: Pulled): Leased => {
  const { messageId, data, attributes } = pulled.message ?? {};
  return {
    ackId: String(pulled.ackId),
    letter: {
      function: name,
      id: String(messageId),
      data: typeof data === 'string' ? Buffer.from(data, 'base64') : new Uint8Array(data ?? []),
      attributes: { ...attributes },
      deadLetteredAt: instantOf(pulled),
    },
  };
};

/** Oldest first; at equal times, ordered by id. */
const byAge = (a: DeadLetter, b: DeadLetter): number => {
  const [one, other] = [a, b].map(({ deadLetteredAt, id }) => `${deadLetteredAt} ${id}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
};

/** Acknowledges the removed messages and releases the leases of the rest. */
const releaseLeases = async (
  client: v1.SubscriberClient,
  subscription: string,
  leased: readonly Leased[],
  isRemoved: (letter: DeadLetter) => boolean,
): Promise<void> => {
  const removed = leased.filter(({ letter }) => isRemoved(letter));
  const kept = leased.filter(({ letter }) => !isRemoved(letter));
  const idsOf = (some: readonly Leased[]) => some.map(({ ackId }) => ackId);
  if (kept.length > 0)
    await client.modifyAckDeadline({
      subscription,
      ackIds: idsOf(kept),
      ackDeadlineSeconds: 0,
    });
  if (removed.length > 0) await client.acknowledge({ subscription, ackIds: idsOf(removed) });
};

/** Pulls the dead letters of one function under a lease. */
const leasingReader = (pubsub: PubSub, client: () => Promise<v1.SubscriberClient>) => {
  const subscriptionOf = (name: FunctionName): string =>
    `projects/${pubsub.projectId}/subscriptions/${deadLetterTopic(name)}`;

  const pull = async (name: FunctionName, how: Thoroughness): Promise<readonly Leased[]> => {
    const request = {
      subscription: subscriptionOf(name),
      maxMessages: MESSAGES_PER_PULL,
      returnImmediately: how === 'at hand',
    };
    const timeout = how === 'all' ? EMPTY_PULL_MILLISECONDS : REQUEST_TIMEOUT_MILLISECONDS;
    try {
      // No client retries: they would treat the timeout of an empty subscription as a failure.
      const retry = { retryCodes: [] };
      const [{ receivedMessages }] = await (await client()).pull(request, { timeout, retry });
      return (receivedMessages ?? []).map((pulled) => leasedOf(name, pulled));
    } catch (error) {
      const isEmpty =
        how === 'all' &&
        error instanceof Error &&
        'code' in error &&
        error.code === DEADLINE_EXCEEDED;
      if (isEmpty) return [];
      throw error;
    }
  };

  /** Leases messages, acknowledges the ones that `isRemoved` selects and releases the others. */
  const leaseAndRelease = async (
    name: FunctionName,
    how: Thoroughness,
    isRemoved: (letter: DeadLetter) => boolean = () => false,
  ): Promise<readonly DeadLetter[]> => {
    // Keyed by message id: a message whose lease has expired is pulled again under another lease.
    const leased = new Map<string, Leased>();
    /** Adds leases and returns the number of new messages. */
    const addLeases = (found: readonly Leased[]): number => {
      const before = leased.size;
      for (const one of found) leased.set(one.letter.id, one);
      return leased.size - before;
    };
    try {
      // The first pull returns immediately and establishes the connection. A later timeout then
      // means an empty subscription, not a slow connection.
      addLeases(await pull(name, 'at hand'));
      if (how === 'all') while (addLeases(await pull(name, 'all')) > 0);
    } finally {
      if (leased.size > 0)
        await withTimeout(
          REQUEST_TIMEOUT_MILLISECONDS,
          client().then((opened) =>
            releaseLeases(opened, subscriptionOf(name), [...leased.values()], isRemoved),
          ),
        );
    }
    return [...leased.values()].map(({ letter }) => letter);
  };

  return leaseAndRelease;
};

/**
 * The `<function>-dead-letter` subscriptions, read by synchronous pulls. A pulled message is
 * leased: other subscribers do not receive it until the lease is released, which happens before
 * returning.
 */
export const pubsubDeadLetters = (
  pubsub: PubSub,
): DeadLetters & { readonly close: () => Promise<void> } => {
  let opening: Promise<v1.SubscriberClient> | undefined;
  const client = (): Promise<v1.SubscriberClient> => {
    opening ??= pubsub.getClientConfig().then(
      ({ port, ...config }) =>
        new v1.SubscriberClient({
          ...config,
          ...(port === undefined ? {} : { port: Number(port) }),
        }),
    );
    return opening;
  };
  const leaseAndRelease = leasingReader(pubsub, client);

  const readAll = (functions: readonly FunctionName[], how: Thoroughness) =>
    tryTask(`read the dead letters of ${functions.join(', ')}`, async () =>
      (await Promise.all(functions.map((name) => leaseAndRelease(name, how)))).flat().sort(byAge),
    );

  return {
    list: (functions) => readAll(functions, 'all'),
    peek: (functions) => readAll(functions, 'at hand'),
    discard: (name, id) =>
      tryTask(`discard dead letter ${id} of ${name}`, async () => {
        const found = await leaseAndRelease(name, 'all', (letter) => letter.id === id);
        return found.some((letter) => letter.id === id) ? 'discarded' : 'absent';
      }),
    close: async () => {
      if (opening !== undefined) await (await opening).close();
    },
  };
};
