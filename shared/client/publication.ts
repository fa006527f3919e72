import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { readJson } from '../codec/bytes.js';
import { shown } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { sha256 } from '../codec/hash.js';
import { Sha256 } from '../codec/primitives.js';
import { PAYLOAD_ARTIFACTS, type PayloadArtifact, perPayload } from '../contract/constants.js';
import type { LivePoolPublished } from '../messages/live-pool-published.js';
import { textIn } from './acceptance/payload.js';
import { orderedMap, type SymbolMap } from './acceptance/pool.js';
import { READER_DEFAULTS } from './acceptance/reader-settings.js';
import { describeRejection } from './acceptance/rejection.js';
import { rejectionsOf, validateCandidate } from './acceptance/validate-candidate.js';

/** A published pool whose every byte is what its event and manifest say. */
export interface Publication {
  readonly event: LivePoolPublished;
  /** In pool order. */
  readonly symbols: readonly string[];
  readonly symbol_map: SymbolMap;
  readonly manifest: Uint8Array;
  readonly artifacts: Readonly<Record<PayloadArtifact, Uint8Array>>;
}

const Entry = t.type({ path: t.string, sha256: Sha256 }, 'entry');

/** What is needed of a manifest; what a later producer adds is none of a reader's business. */
const VerifiedManifest = t.type(
  {
    version: t.string,
    mode: t.string,
    as_of_date: t.string,
    symbols: t.readonlyArray(t.string),
    artifacts: t.type({
      latest_universe: Entry,
      latest_ranking: Entry,
      live_pool: Entry,
      live_pool_legacy: Entry,
    }),
  },
  'artifact_manifest.json',
);
export type VerifiedManifest = t.TypeOf<typeof VerifiedManifest>;

const reject = (what: string, expected: string, got: unknown): E.Either<Failure, never> =>
  E.left(permanent('contract-invalid', `${what}: expected ${expected}, got ${shown(got)}`));

/** Bytes that hash to what was promised; nothing at all is a broken promise too. */
export const verifiedBytes = (
  what: string,
  expected: string,
  bytes: Uint8Array | undefined,
): E.Either<Failure, Uint8Array> => {
  if (bytes === undefined) return reject(what, `an object with SHA-256 ${expected}`, undefined);
  const got = sha256(bytes);
  return got === expected ? E.right(bytes) : reject(what, `SHA-256 ${expected}`, got);
};

/** The manifest that the event names, if it is that of the event's release. */
export const manifestOf = (
  { payload }: LivePoolPublished,
  bytes: Uint8Array,
): E.Either<Failure, VerifiedManifest> => {
  const read = readJson(VerifiedManifest, 'artifact_manifest.json')(bytes);
  if (E.isLeft(read)) return read;
  const manifest = read.right;
  for (const field of ['version', 'mode', 'as_of_date', 'symbols'] as const)
    if (JSON.stringify(manifest[field]) !== JSON.stringify(payload[field]))
      return reject(
        `artifact_manifest.json: ${field}`,
        JSON.stringify(payload[field]),
        manifest[field],
      );
  return read;
};

/** Where the payload artifacts lie: beside their manifest, in the release of the event. */
export const urisOf = (
  { payload: { manifest, version } }: LivePoolPublished,
  { artifacts }: VerifiedManifest,
): E.Either<Failure, Readonly<Record<PayloadArtifact, string>>> => {
  const folder = `/releases/${version}/`;
  const end = `${folder}artifact_manifest.json`;
  if (!manifest.uri.startsWith('gs://') || !manifest.uri.endsWith(end))
    return reject('payload.manifest.uri', `gs://<bucket>/<root>${end}`, manifest.uri);
  const odd = PAYLOAD_ARTIFACTS.find((name) => artifacts[name].path.includes('/'));
  if (odd !== undefined)
    return reject(`artifact_manifest.json: artifacts.${odd}.path`, 'a file name', artifacts[odd]);
  const base = manifest.uri.slice(0, -'artifact_manifest.json'.length);
  return E.right(perPayload((name) => `${base}${artifacts[name].path}`));
};

/**
 * The event's pool as the sealed files say it. Its age is not judged here: what was published late
 * was published, and `loadLivePool` decides whether it is still to be traded by.
 */
export const verifyPublication = (
  event: LivePoolPublished,
  manifest: Uint8Array,
  artifacts: Readonly<Record<PayloadArtifact, Uint8Array>>,
): E.Either<Failure, Publication> => {
  const { payload } = event;
  const settings = {
    ...READER_DEFAULTS,
    maxAgeDays: null,
    acceptedModes: [payload.mode],
    expectedPoolSize: payload.pool_size,
  };
  let symbol_map: SymbolMap = {};
  for (const name of ['live_pool_legacy', 'live_pool'] as const) {
    const file = `${name}.json`;
    const text = Buffer.from(artifacts[name]).toString('utf8');
    const candidate = { source: 'local_file', name: file, given: { text } } as const;
    const judged = validateCandidate(candidate, settings, Number.POSITIVE_INFINITY);
    const [refusal] = rejectionsOf(candidate, judged);
    if (refusal !== undefined)
      return E.left(permanent('contract-invalid', describeRejection(refusal)));
    const version = textIn(judged.payload, 'version');
    if (version !== payload.version) return reject(`${file}: version`, payload.version, version);
    symbol_map = judged.pool === undefined ? {} : orderedMap(judged.pool);
    const symbols = Object.keys(symbol_map);
    if (symbols.join() !== payload.symbols.join())
      return reject(`${file}: symbols`, payload.symbols.join(' '), symbols);
  }
  return E.right({ event, symbols: payload.symbols, symbol_map, manifest, artifacts });
};
