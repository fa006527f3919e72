import { Firestore } from '@google-cloud/firestore';
import { type Message, PubSub, type Subscription } from '@google-cloud/pubsub';
import { Storage } from '@google-cloud/storage';
import { sha256 } from '../../../shared/codec/hash.js';
import { DEFAULTS } from '../../../shared/contract/constants.js';
import type { Attributes } from '../../../shared/ports/publisher.js';
import { downloaded } from './downloaded.js';

/** The pipeline as those outside of it meet it: with Google's plain clients, none of our code. */
export interface Wire {
  readonly publish: (topic: string, data: unknown, attributes?: Attributes) => Promise<void>;
  /**
   * Of a subscription, from now on: after how long a message that is not acknowledged comes again.
   */
  readonly setDeadline: (subscription: string, seconds: number) => Promise<void>;
  /** The next event of a subscription, acknowledged; each is handed out once. */
  readonly next: (subscription: string) => Promise<Message>;
  /** Begins to listen; what is published later reaches `next`. */
  readonly listen: (topic: string, subscription: string) => Promise<void>;
  readonly object: (key: string) => Promise<Buffer>;
  /**
   * Every object's hash by its key below the root prefix, but for the shadow history, which an
   * ordinary embedded run leaves out.
   */
  readonly objects: () => Promise<Readonly<Record<string, string>>>;
  /** The document that readers read. */
  readonly document: () => Promise<unknown>;
  readonly ledger: () => Promise<readonly (readonly unknown[])[]>;
  readonly close: () => Promise<void>;
}

interface Inbox {
  /** An acknowledgement that comes late or is lost has its message delivered again. */
  readonly seen: Set<string>;
  readonly arrived: Message[];
  readonly waiting: ((message: Message) => void)[];
  readonly subscription: Subscription;
}

/**
 * Runs `make` under other environment variables: Google's clients read theirs when they are made.
 */
const under = <A>(variables: Readonly<Record<string, string>>, make: () => A): A => {
  const before = { ...process.env };
  try {
    Object.assign(process.env, variables);
    return make();
  } finally {
    process.env = before;
  }
};

/** `variables` name emulators other than this process's own. */
export const openWire = (
  projectId: string,
  bucketName: string,
  variables: Readonly<Record<string, string>> = {},
): Wire => {
  const { pubsub, firestore, bucket } = under(variables, () => ({
    pubsub: new PubSub({ projectId }),
    firestore: new Firestore({ projectId }),
    bucket: new Storage({ projectId }).bucket(bucketName),
  }));
  const inboxes = new Map<string, Inbox>();
  const root = `${DEFAULTS.rootPrefix}/`;
  const object = (key: string): Promise<Buffer> => downloaded(bucket.file(`${root}${key}`));

  const inboxOf = (name: string): Inbox => {
    const known = inboxes.get(name);
    if (known !== undefined) return known;
    const subscription = pubsub.subscription(name);
    const inbox: Inbox = { seen: new Set(), arrived: [], waiting: [], subscription };
    subscription.on('message', (message) => {
      message.ack();
      if (inbox.seen.has(message.id)) return;
      inbox.seen.add(message.id);
      const reader = inbox.waiting.shift();
      if (reader === undefined) inbox.arrived.push(message);
      else reader(message);
    });
    // An emulator that is killed on purpose breaks the stream; the client opens another.
    subscription.on('error', () => undefined);
    inboxes.set(name, inbox);
    return inbox;
  };

  return {
    publish: async (topic, data, attributes = {}) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.from(JSON.stringify(data));
      await pubsub.topic(topic).publishMessage({ data: bytes, attributes });
    },
    listen: async (topic, subscription) => {
      await pubsub.topic(topic).createSubscription(subscription);
      inboxOf(subscription);
    },
    setDeadline: async (name, ackDeadlineSeconds) => {
      await pubsub.subscription(name).setMetadata({ ackDeadlineSeconds });
    },
    next: (name) => {
      const inbox = inboxOf(name);
      const message = inbox.arrived.shift();
      return message !== undefined
        ? Promise.resolve(message)
        : new Promise((resolve) => inbox.waiting.push(resolve));
    },
    object,
    objects: async () => {
      const [files] = await bucket.getFiles({ prefix: root });
      const keys = files
        .map(({ name }) => name.slice(root.length))
        .filter((key) => !key.startsWith('shadow/'))
        .sort();
      const hashes: Record<string, string> = {};
      for (const key of keys) hashes[key] = sha256(await object(key));
      return hashes;
    },
    document: async () => {
      const { firestoreCollection, firestoreDocument } = DEFAULTS;
      return (await firestore.collection(firestoreCollection).doc(firestoreDocument).get()).data();
    },
    ledger: async () => {
      const { docs } = await firestore.collection('live_pool_ledger').orderBy('seq').get();
      return docs.map((entry) => [entry.get('seq'), entry.get('version'), entry.get('intent')]);
    },
    close: async () => {
      for (const { subscription } of inboxes.values()) await subscription.close();
      await pubsub.close();
      await firestore.terminate();
    },
  };
};
