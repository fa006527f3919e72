import { type PubSub, type protos, v1 } from '@google-cloud/pubsub';
import type { DeadLetter, DeadLetters } from '../ports/dead-letters.js';
import { deadLetterTopic, type FunctionName } from '../topology.js';
import { tryTask } from '../try-task.js';
import { withTimeout } from '../with-timeout.js';

const DEADLINE_EXCEEDED = 4;

/** The service sends fewer where it pleases; the next pull brings others. */
const MESSAGES_PER_PULL = 100;

/** For one request with the client's retries. */
const PATIENCE_MILLISECONDS = 20_000;

/** An empty subscription keeps a pull waiting; after so long it counts as empty. */
const SILENCE_MILLISECONDS = 2_000;

/** `glance` asks for what is at hand, which may be nothing although something is there. */
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

/** Oldest first; those of one instant in a fixed order. */
const byAge = (a: DeadLetter, b: DeadLetter): number => {
  const [one, other] = [a, b].map(({ deadLetteredAt, id }) => `${deadLetteredAt} ${id}`);
  return (one ?? '') < (other ?? '') ? -1 : 1;
};

/** Removes some of what is leased and gives the rest back. */
const settle = async (
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

/** Looks through the dead letters of one function. */
const lookThrough = (pubsub: PubSub, client: () => Promise<v1.SubscriberClient>) => {
  const subscriptionOf = (name: FunctionName): string =>
    `projects/${pubsub.projectId}/subscriptions/${deadLetterTopic(name)}`;

  const pull = async (name: FunctionName, how: Thoroughness): Promise<readonly Leased[]> => {
    const request = {
      subscription: subscriptionOf(name),
      maxMessages: MESSAGES_PER_PULL,
      returnImmediately: how === 'at hand',
    };
    const timeout = how === 'all' ? SILENCE_MILLISECONDS : PATIENCE_MILLISECONDS;
    try {
      // Not the client's retries: they would take the silence of an empty subscription for a failure.
      const retry = { retryCodes: [] };
      const [{ receivedMessages }] = await (await client()).pull(request, { timeout, retry });
      return (receivedMessages ?? []).map((pulled) => leasedOf(name, pulled));
    } catch (error) {
      const isSilence =
        how === 'all' &&
        error instanceof Error &&
        'code' in error &&
        error.code === DEADLINE_EXCEEDED;
      if (isSilence) return [];
      throw error;
    }
  };

  /** Leases all that there is, lets `use` choose what to remove, and gives the rest back. */
  const look = async (
    name: FunctionName,
    how: Thoroughness,
    isRemoved: (letter: DeadLetter) => boolean = () => false,
  ): Promise<readonly DeadLetter[]> => {
    // By message: one whose lease has run out meanwhile comes again under another.
    const leased = new Map<string, Leased>();
    /** How many of what was pulled are new. */
    const keep = (found: readonly Leased[]): number => {
      const before = leased.size;
      for (const one of found) leased.set(one.letter.id, one);
      return leased.size - before;
    };
    try {
      // At once to begin with, which connects: the silence that ends the search is then the
      // service's, and not that of a network which has not yet reached it.
      keep(await pull(name, 'at hand'));
      if (how === 'all') while (keep(await pull(name, 'all')) > 0);
    } finally {
      if (leased.size > 0)
        await withTimeout(
          PATIENCE_MILLISECONDS,
          client().then((opened) =>
            settle(opened, subscriptionOf(name), [...leased.values()], isRemoved),
          ),
        );
    }
    return [...leased.values()].map(({ letter }) => letter);
  };

  return look;
};

/**
 * The `<function>-dead-letter` subscriptions, read by synchronous pulls. What is pulled is leased:
 * others do not get it until the lease is given back, which happens before an answer is given.
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
  const look = lookThrough(pubsub, client);

  const lookAt = (functions: readonly FunctionName[], how: Thoroughness) =>
    tryTask(`read the dead letters of ${functions.join(', ')}`, async () =>
      (await Promise.all(functions.map((name) => look(name, how)))).flat().sort(byAge),
    );

  return {
    list: (functions) => lookAt(functions, 'all'),
    peek: (functions) => lookAt(functions, 'at hand'),
    discard: (name, id) =>
      tryTask(`discard dead letter ${id} of ${name}`, async () => {
        const found = await look(name, 'all', (letter) => letter.id === id);
        return found.some((letter) => letter.id === id) ? 'discarded' : 'absent';
      }),
    close: async () => {
      if (opening !== undefined) await (await opening).close();
    },
  };
};
