import { deadLetterTopic, type FunctionName, type Topic, topics, topology } from './topology.js';

/**
 * What may be done with objects. `replace` is more than `create`: in Cloud Storage writing over an
 * object needs the right to delete it. `list` is finding out what is there and what is not: without
 * it Cloud Storage answers 403 instead of 404 for an object that does not exist.
 */
export type Verb = 'create' | 'read' | 'replace' | 'list';

/** What one function needs to do its work, and nothing besides. */
export interface FunctionPermissions {
  /** By the first segment of the objects' keys, under the root prefix. */
  readonly objects: Readonly<Record<string, readonly Verb[]>>;
  readonly documents: 'none' | 'read' | 'write';
  /** Topics, its dead letters' included. */
  readonly publishes: readonly string[];
}

const WRITE_ONCE = ['create', 'read'] as const;
/** Of references in messages: what they name may be missing, which is a failure of its own. */
const REFERENCED = ['read', 'list'] as const;
const EVERYTHING = ['create', 'read', 'replace', 'list'] as const;

/**
 * `releases/`, `evidence/`, `events/` and `snapshots/` are never replaced by anybody: that they are
 * written once is enforced by the rights that are missing here.
 */
const stores: Readonly<Record<FunctionName, Omit<FunctionPermissions, 'publishes'>>> = {
  ingest: {
    objects: {
      'market-data/': EVERYTHING,
      'snapshots/': [...WRITE_ONCE, 'list'],
      'evidence/': WRITE_ONCE,
      'events/': WRITE_ONCE,
      // The pool of the month before.
      'releases/': ['read'],
      'scratch/': WRITE_ONCE,
    },
    documents: 'write',
  },
  rank: {
    objects: {
      'snapshots/': REFERENCED,
      'evidence/': WRITE_ONCE,
      'events/': WRITE_ONCE,
      'scratch/': WRITE_ONCE,
    },
    documents: 'none',
  },
  materialise: {
    objects: {
      'releases/': WRITE_ONCE,
      'evidence/': [...WRITE_ONCE, 'list'],
      'events/': WRITE_ONCE,
      'scratch/': [...WRITE_ONCE, 'list'],
    },
    documents: 'none',
  },
  promote: {
    objects: {
      'releases/': REFERENCED,
      'current/': EVERYTHING,
      'evidence/': WRITE_ONCE,
      'events/': WRITE_ONCE,
    },
    documents: 'write',
  },
  'sync-firestore': {
    objects: { 'releases/': REFERENCED, 'events/': WRITE_ONCE },
    documents: 'write',
  },
  reconcile: {
    objects: {
      'releases/': ['read'],
      'current/': EVERYTHING,
      'events/': [...WRITE_ONCE, 'list'],
    },
    documents: 'read',
  },
  shadow: {
    objects: {
      'snapshots/': REFERENCED,
      'shadow/': EVERYTHING,
      'scratch/': EVERYTHING,
    },
    documents: 'none',
  },
};

/** Reconcile has promote's last word said again. */
const repeated: Partial<Record<FunctionName, readonly Topic[]>> = {
  reconcile: ['release-promoted'],
};

const publishedBy = (name: FunctionName): readonly string[] => [
  ...topics.filter((topic) => topology[topic].publisher === name),
  ...(repeated[name] ?? []),
  deadLetterTopic(name),
];

const accessOf = (name: FunctionName): FunctionPermissions => ({
  ...stores[name],
  publishes: publishedBy(name),
});

/**
 * The one table of what the functions may touch. `test/functions/permissions.test.ts` runs them with
 * ports that refuse everything else, and demands that every entry is used; the infrastructure
 * grants it as it stands here.
 */
export const permissions: Readonly<Record<FunctionName, FunctionPermissions>> = {
  ingest: accessOf('ingest'),
  rank: accessOf('rank'),
  materialise: accessOf('materialise'),
  promote: accessOf('promote'),
  'sync-firestore': accessOf('sync-firestore'),
  reconcile: accessOf('reconcile'),
  shadow: accessOf('shadow'),
};

const READABLE = ['read', 'list'] as const;

/**
 * What people need for the commands of `live-pool`: ask for a month, say an archived message again,
 * write a restated release. Nothing of it replaces or deletes; `current/` is for promotions alone.
 */
export const operatorPermissions: FunctionPermissions = {
  objects: {
    'releases/': [...WRITE_ONCE, 'list'],
    'evidence/': [...WRITE_ONCE, 'list'],
    'events/': [...WRITE_ONCE, 'list'],
    'current/': READABLE,
    'snapshots/': READABLE,
    'market-data/': READABLE,
    'shadow/': READABLE,
    'scratch/': READABLE,
  },
  documents: 'read',
  publishes: topics,
};

/** What a downstream system reads; it brings its own subscription to `live-pool-published`. */
export const readerPermissions: FunctionPermissions & { readonly subscribes: readonly Topic[] } = {
  objects: { 'current/': ['read'], 'releases/': ['read'] },
  documents: 'read',
  publishes: [],
  subscribes: topics.filter((topic) => topology[topic].subscribers.length === 0),
};
