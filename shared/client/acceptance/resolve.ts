import { isSameJson } from '../../codec/hash.js';
import { dayOf, type EpochDay } from '../../day.js';
import { asOfDateIn, dayIn, type Payload, sequenceIn, textIn } from './payload.js';
import { orderedMap, type SymbolMap } from './pool.js';
import type { ReaderSettings } from './reader-settings.js';
import type { Rejection } from './rejection.js';
import {
  type Candidate,
  rejectionsOf,
  type ValidationResult,
  validateCandidate,
} from './validate-candidate.js';

/** What is to become of the last known good document. */
export type LastKnownGoodUpdate =
  /** The fresh document takes its place. */
  | 'stored'
  /** It is the fresh document already. */
  | 'unchanged'
  /** It is of a later promotion than the fresh one, and stays. */
  | 'kept'
  /** Only what was read fresh is worth remembering. */
  | 'not_fresh';

/** Where a pool comes from, and the pool. */
export interface Resolution {
  readonly source: Candidate['source'] | 'static';
  /** Anything but a fresh document: say so in the log. */
  readonly degraded: boolean;
  /** `null` for the static universe, which has no date, version, mode or number. */
  readonly as_of_date: string | null;
  readonly version: string | null;
  readonly mode: string | null;
  readonly promotion_seq: number | null;
  readonly age_days: number | null;
  /** In pool order. */
  readonly symbols: readonly string[];
  readonly symbol_map: SymbolMap;
  /** Why each candidate before the chosen one was passed over. */
  readonly refusals: readonly Rejection[];
  readonly last_known_good: LastKnownGoodUpdate;
}

export interface ReadResults {
  readonly document: Candidate;
  /** Absent where the reader keeps none. */
  readonly lastKnownGood?: Candidate | undefined;
  /** In the order of preference. */
  readonly localFiles: readonly Candidate[];
  readonly staticUniverse: SymbolMap;
}

/**
 * A later promotion is better, even one that goes back to an earlier date; without numbers, dates
 * decide.
 */
const isWorse = (fresh: Payload, known: Payload): boolean => {
  const [seq, before] = [sequenceIn(fresh), sequenceIn(known)];
  return seq !== null && before !== null ? seq < before : dayIn(fresh) < dayIn(known);
};

const remember = (
  fresh: Payload,
  known: Candidate | undefined,
  settings: ReaderSettings,
): LastKnownGoodUpdate => {
  if (known === undefined) return 'stored';
  // Its date was right when it was stored; a clock that has gone wrong since proves nothing.
  const { checks, payload } = validateCandidate(known, settings, Number.POSITIVE_INFINITY);
  if (payload === undefined || checks.some(({ broken }) => broken !== undefined)) return 'stored';
  if (isWorse(fresh, payload)) return 'kept';
  return isSameJson(fresh, payload) ? 'unchanged' : 'stored';
};

const resolved = (
  { source }: Candidate,
  { payload = {}, pool }: ValidationResult,
  today: EpochDay,
): Omit<Resolution, 'refusals' | 'last_known_good'> => {
  const symbol_map = pool === undefined ? {} : orderedMap(pool);
  return {
    source,
    degraded: source !== 'fresh_upstream',
    as_of_date: asOfDateIn(payload),
    version: textIn(payload, 'version') ?? null,
    mode: textIn(payload, 'mode') ?? null,
    promotion_seq: sequenceIn(payload),
    age_days: today - dayIn(payload),
    symbols: Object.keys(symbol_map),
    symbol_map,
  };
};

/**
 * The recommended read priority of the contract: the Firestore document, the last known good one,
 * the local files, the static universe. Pure: everything has been read, the present is an input.
 */
export const resolve = (readings: ReadResults, settings: ReaderSettings, now: Date): Resolution => {
  const { document, lastKnownGood, localFiles, staticUniverse } = readings;
  const today = dayOf(now);
  const refusals: Rejection[] = [];
  for (const candidate of [document, lastKnownGood, ...localFiles]) {
    if (candidate === undefined) continue;
    const judged = validateCandidate(candidate, settings, today);
    const found = rejectionsOf(candidate, judged);
    refusals.push(...found);
    if (found.length > 0) continue;
    const fresh = candidate === document && judged.payload !== undefined;
    return {
      ...resolved(candidate, judged, today),
      refusals,
      last_known_good: fresh ? remember(judged.payload, lastKnownGood, settings) : 'not_fresh',
    };
  }
  return {
    source: 'static',
    degraded: true,
    as_of_date: null,
    version: null,
    mode: null,
    promotion_seq: null,
    age_days: null,
    symbols: Object.keys(staticUniverse),
    symbol_map: staticUniverse,
    refusals,
    last_known_good: 'not_fresh',
  };
};
