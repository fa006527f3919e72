import { deadLetterTopic, type FunctionName, type Topic, topics, topology } from './topology.js';

/**
 * Permissions on objects. `replace` is more than `create`: overwriting an object in Cloud Storage
 * requires the permission to delete it. Without `list`, Cloud Storage returns 403 instead of 404
 * for an object that does not exist.
 */
export type Verb = 'create' | 'read' | 'replace' | 'list';

/** The least permissions that a function needs. */
export interface FunctionPermissions {
  /** By the first segment of the objects' keys, under the root prefix. */
  readonly objects: Readonly<Record<string, readonly Verb[]>>;
  readonly documents: 'none' | 'read' | 'write';
  /** Topics, including the function's dead-letter topic. */
  readonly publishes: readonly string[];
}

const WRITE_ONCE = ['create', 'read'] as const;
/** For referenced objects: `list` distinguishes a missing object from a denied one. */
const REFERENCED = ['read', 'list'] as const;
const EVERYTHING = ['create', 'read', 'replace', 'list'] as const;

/**
 * No function may replace objects under `releases/`, `evidence/`, `events/` and `snapshots/`: the
 * permissions that are absent here enforce that they are written once.
 */
const stores: Readonly<Record<FunctionName, Omit<FunctionPermissions, 'publishes'>>> = {
  ingest: {
    objects: {
      'market-data/': EVERYTHING,
      'snapshots/': [...WRITE_ONCE, 'list'],
      'evidence/': WRITE_ONCE,
      'events/': WRITE_ONCE,
      // For the previous month's pool.
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

/** Reconcile publishes promote's last message again. */
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
 * The table of the functions' permissions. `test/functions/permissions.test.ts` runs the functions
 * with ports that deny everything else and requires that every entry is used. The infrastructure
 * grants exactly this table.
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
 * The permissions of operators for the commands of `live-pool`: request a month, publish an
 * archived message again, write a restated release. They allow no replacing or deleting, and no
 * writes to
 * `current/`, which only promotions write.
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

/** The permissions of a reader, which creates its own subscription to `live-pool-published`. */
export const readerPermissions: FunctionPermissions & { readonly subscribes: readonly Topic[] } = {
  objects: { 'current/': ['read'], 'releases/': ['read'] },
  documents: 'read',
  publishes: [],
  subscribes: topics.filter((topic) => topology[topic].subscribers.length === 0),
};
