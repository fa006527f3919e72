import type * as t from 'io-ts';
import { ArtifactManifest } from '../contract/artifact-manifest.js';
import { DEFAULTS, RANKING_COLUMNS } from '../contract/constants.js';
import { FirestoreDocument } from '../contract/firestore-document.js';
import { RankingRow } from '../contract/latest-ranking.js';
import { LatestUniverse } from '../contract/latest-universe.js';
import { LivePool, LivePoolLegacy } from '../contract/live-pool.js';
import { ReleaseManifest } from '../contract/release-manifest.js';
import { RunRequest } from '../messages/monthly-run-requested.js';
import { envelopedTopics, topics, topology } from '../topology.js';
import { MESSAGES, RUN_REQUEST } from './message-schemas.js';

/** A value with a published schema, and the rules that the schema cannot express. */
export interface Entry {
  /** `<folder>/<name>.schema.json`; the name is also the last part of `$id`. */
  readonly folder: 'artifacts' | 'documents' | 'messages';
  readonly name: string;
  readonly codec: t.Mixed;
  readonly description: string;
  /** Rules beyond the schema: the gate checks files and document; receivers check messages. */
  readonly beyond: readonly string[];
}

const BYTES =
  'the file is this JSON to the byte: keys in the order of this schema, two spaces of indentation, no final line break';
const AGREEMENT = 'as_of_date, version, mode and source_project are the same in the whole release';
const SEALED = 'the SHA-256 of the file is the one in artifact_manifest.json';
const DIAGNOSTICS = 'selection_meta, if it is there, repeats the ranking for exactly the pool';

/** The files of a release and the document. */
const releaseEntries: readonly Entry[] = [
  {
    folder: 'artifacts',
    name: 'latest_universe',
    codec: LatestUniverse,
    description: 'latest_universe.json: the symbols that could have been chosen.',
    beyond: [
      'as_of_date is the same in the whole release',
      'symbols are sorted by name, each once',
      SEALED,
      BYTES,
    ],
  },
  {
    folder: 'artifacts',
    name: 'latest_ranking.row',
    codec: RankingRow,
    description:
      'One row of latest_ranking.csv as read: a cell of a number is a number, an empty one null; True and False are booleans.',
    beyond: [
      `the first line is ${RANKING_COLUMNS.join(',')}`,
      'every line ends in a single line feed, the last one too',
      'as_of_date is the same in the whole release',
      'every symbol of latest_universe.json has one row, and no other symbol has',
      'current_rank counts 1, 2, 3 down the file; rows without a rank stand last',
      'the rows with selected_flag are the pool, in its order',
      SEALED,
    ],
  },
  {
    folder: 'artifacts',
    name: 'live_pool',
    codec: LivePool,
    description: 'live_pool.json: the pool, as an ordered list and as a map to base assets.',
    beyond: [
      AGREEMENT,
      'version is <as_of_date>-<mode>',
      `as_of_date is not after today, and at most ${DEFAULTS.maxAgeDays} days ago`,
      `there are as many symbols as expected, by default ${DEFAULTS.poolSize}, and pool_size counts them`,
      'each symbol stands in symbols once',
      'the keys of symbol_map are the symbols, in the same order',
      'base_asset is the same for a symbol in every place',
      'only symbols of latest_universe.json are chosen',
      DIAGNOSTICS,
      SEALED,
      BYTES,
    ],
  },
  {
    folder: 'artifacts',
    name: 'live_pool_legacy',
    codec: LivePoolLegacy,
    description:
      'live_pool_legacy.json: the pool as a map, twice; the order of its keys is the order of the pool.',
    beyond: [
      AGREEMENT,
      'the keys of symbols and of symbol_map are the pool, in its order',
      'base_asset is the same for a symbol in every place',
      'pool_size counts the symbols',
      DIAGNOSTICS,
      SEALED,
      BYTES,
    ],
  },
  {
    folder: 'artifacts',
    name: 'artifact_manifest',
    codec: ArtifactManifest,
    description: 'artifact_manifest.json: names and seals the four payload artifacts of a release.',
    beyond: [
      AGREEMENT,
      'snapshot_as_of is as_of_date',
      'contract_version, strategy_profile and artifact_name match the expected contract',
      'symbols are the pool, in its order, and symbol_count counts them',
      'runtime_evidence_identity, if it is there, repeats the manifest around it',
      BYTES,
    ],
  },
  {
    folder: 'artifacts',
    name: 'release_manifest',
    codec: ReleaseManifest,
    description:
      'release_manifest.json, beside the local output only: what a publication would write, or has written, and where.',
    beyond: ['all but dry_run and publish_enabled follows from the release and where it goes'],
  },
  {
    folder: 'documents',
    name: 'firestore_document',
    codec: FirestoreDocument,
    description:
      'The Firestore summary document that readers see. Its keys have no order; symbols is the order.',
    beyond: [
      'all but promotion_seq follows from the release and where it lies',
      'utf8_text is live_pool_legacy.json to the byte',
    ],
  },
];

const NAMED = 'payload.version is <payload.as_of_date>-<payload.mode>';

const messageEntries: readonly Entry[] = topics.map((topic) => ({
  folder: 'messages',
  name: topic,
  codec: topology[topic].codec,
  description: MESSAGES[topic],
  beyond: envelopedTopics.some((name) => name === topic) ? [NAMED] : [],
}));

const requestEntry: Entry = {
  folder: 'messages',
  name: 'run-request',
  codec: RunRequest,
  description: RUN_REQUEST,
  beyond: [],
};

/** All values with a schema, except the attributes of messages. */
export const catalogue: readonly Entry[] = [...releaseEntries, ...messageEntries, requestEntry];
