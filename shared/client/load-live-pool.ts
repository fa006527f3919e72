import { errorMessage } from '../codec/error-message.js';
import { withTimeout } from '../with-timeout.js';
import type { SymbolMap } from './acceptance/pool.js';
import { READER_DEFAULTS, type ReaderSettings } from './acceptance/reader-settings.js';
import { type LastKnownGoodUpdate, type Resolution, resolve } from './acceptance/resolve.js';
import type { Candidate, CandidateContent } from './acceptance/validate-candidate.js';
import { readText, type TextStore } from './text-store.js';

export interface LoadOptions extends Partial<ReaderSettings> {
  /** Undefined or null where there is no document. */
  readonly readDocument: () => Promise<unknown>;
  /** The emergency universe, in its order. */
  readonly staticUniverse: SymbolMap;
  /** Keeps the last document that was accepted fresh, e.g. `textFile('state/last-good.json')`. */
  readonly lastKnownGood?: TextStore;
  /**
   * Paths of a synchronized `live_pool_legacy.json` or `live_pool.json`; none unless configured.
   */
  readonly localFiles?: readonly string[];
  /** How long the document may take; 10 seconds. */
  readonly timeoutMs?: number;
  /** The present; by default the machine's clock. */
  readonly now?: Date;
}

export interface LoadedPool extends Omit<Resolution, 'last_known_good'> {
  /** `failed` if it could not be written: the pool is as good, the next outage is not. */
  readonly last_known_good: LastKnownGoodUpdate | 'not_configured' | 'failed';
}

const validateOptions = (settings: ReaderSettings, options: LoadOptions, now: Date): void => {
  const { maxAgeDays, acceptedModes, expectedPoolSize } = settings;
  const reject = (what: string, expected: string, got: unknown): never => {
    throw new TypeError(`loadLivePool: ${what}: expected ${expected}, got ${String(got)}`);
  };
  if (maxAgeDays !== null && !(Number.isInteger(maxAgeDays) && maxAgeDays >= 0))
    reject('maxAgeDays', 'a whole number of days or null', maxAgeDays);
  if (acceptedModes.length === 0) reject('acceptedModes', 'at least one mode', 'none');
  if (!(Number.isInteger(expectedPoolSize) && expectedPoolSize >= 1))
    reject('expectedPoolSize', 'a whole number of at least 1', expectedPoolSize);
  if (Object.keys(options.staticUniverse).length === 0)
    reject('staticUniverse', 'at least one symbol', 'none');
  if (Number.isNaN(now.getTime())) reject('now', 'an instant', now);
};

const readPayload = async (
  read: () => Promise<unknown>,
  limit: number,
): Promise<CandidateContent> => {
  try {
    const payload = await withTimeout(limit, read());
    return payload === undefined || payload === null ? { trouble: 'nothing' } : { payload };
  } catch (error) {
    return { trouble: errorMessage(error) };
  }
};

const readGiven = async (read: () => Promise<string | undefined>): Promise<CandidateContent> => {
  try {
    const text = await read();
    return text === undefined ? { trouble: 'nothing' } : { text };
  } catch (error) {
    return { trouble: errorMessage(error) };
  }
};

/**
 * The pool to trade by: the Firestore document, else the last known good one, else a local file,
 * else the static universe, the first that the rules accept. Never rejects because of what was
 * read: every candidate that was passed over is in `refusals`, and anything but a fresh document is
 * `degraded`. Rejects with a TypeError if the options make no sense.
 */
export const loadLivePool = async (options: LoadOptions): Promise<LoadedPool> => {
  const { readDocument, lastKnownGood, localFiles = [], staticUniverse } = options;
  const settings: ReaderSettings = {
    maxAgeDays: options.maxAgeDays === undefined ? READER_DEFAULTS.maxAgeDays : options.maxAgeDays,
    acceptedModes: options.acceptedModes ?? READER_DEFAULTS.acceptedModes,
    expectedPoolSize: options.expectedPoolSize ?? READER_DEFAULTS.expectedPoolSize,
    strict: options.strict ?? READER_DEFAULTS.strict,
    strategyProfile: options.strategyProfile ?? READER_DEFAULTS.strategyProfile,
  };
  const now = options.now ?? new Date();
  validateOptions(settings, options, now);
  const document = await readPayload(readDocument, options.timeoutMs ?? 10_000);
  const known = lastKnownGood && (await readGiven(lastKnownGood.read));
  const files = await Promise.all(
    localFiles.map(
      async (path): Promise<Candidate> => ({
        source: 'local_file',
        name: path,
        given: await readGiven(() => readText(path)),
      }),
    ),
  );
  const resolution = resolve(
    {
      document: { source: 'fresh_upstream', name: 'firestore', given: document },
      lastKnownGood: known && { source: 'last_known_good', name: 'last_known_good', given: known },
      localFiles: files,
      staticUniverse,
    },
    settings,
    now,
  );
  if (lastKnownGood === undefined) return { ...resolution, last_known_good: 'not_configured' };
  if (resolution.last_known_good !== 'stored' || !('payload' in document)) return resolution;
  try {
    await lastKnownGood.write(JSON.stringify(document.payload));
    return resolution;
  } catch {
    return { ...resolution, last_known_good: 'failed' };
  }
};
