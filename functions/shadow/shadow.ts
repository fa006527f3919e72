import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import type { Mode } from '../../shared/codec/primitives.js';
import { openSnapshot } from '../../shared/market-data/snapshot.js';
import type { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import type { SnapshotObjects } from '../../shared/releases/read-snapshot.js';
import { prepareResearch, type ResearchMarket } from '../../shared/research/prepare-research.js';
import type { ShadowTrack } from '../../shared/research/tracks/shadow-tracks.js';
import type { WindowJob } from '../../shared/research/walk-forward/window-scorer.js';
import { planWindows } from '../../shared/research/walk-forward/windows.js';
import type { StepResult } from '../environment.js';
import { historyFiles, trackSummary } from './history-files.js';
import { scoreMissing } from './score-missing.js';
import type { ShadowEnvironment } from './shadow-environment.js';
import { inSharedMemory } from './shared-memory-sample.js';
import { storeHistory } from './store-history.js';
import { trackHistory } from './track-history.js';
import { trackRow } from './track-summary-row.js';

/** The result of a shadow build. It has no outgoing message. */
export interface ShadowResult extends Omit<StepResult, 'outgoing' | 'promotion_seq'> {
  readonly outcome: 'done' | 'already_done';
  /** Path of the history, relative to the run's part of `shadow/`. */
  readonly shadow_build: string;
  readonly windows_computed: number;
  readonly windows_kept: number;
  readonly outgoing?: never;
}

const openMarket = (
  { manifest, bars }: SnapshotObjects,
  mode: Mode,
): E.Either<Failure, ResearchMarket> =>
  pipe(
    openSnapshot(manifest, bars),
    E.chain(({ series, metadata, range }) =>
      prepareResearch({ bars: series, metadata, asOf: range.last, mode }),
    ),
    E.map((market) => ({ ...market, sample: inSharedMemory(market.sample) })),
  );

/** One job per target and window: tracks with the same target share their windows. */
const jobsOf = ({ panel }: ResearchMarket, tracks: readonly ShadowTrack[]): readonly WindowJob[] =>
  [...new Set(tracks.map(({ target }) => target))].flatMap((target) =>
    planWindows(panel.calendar.length).map((window) => ({ window, target })),
  );

/**
 * Computes the releases that each track would have made over the history in a snapshot, and how
 * they performed. Stored windows are not recomputed.
 */
export const shadow =
  ({
    payload,
    run_id,
  }: MarketDataIngested): ReaderTaskEither<ShadowEnvironment, Failure, ShadowResult> =>
  (environment) => {
    const { tracks } = environment;
    const { sourceProject, poolSize } = environment.config;
    const { mode, as_of_date, version } = payload;
    return pipe(
      environment.snapshot(payload.snapshot),
      TE.chainEitherK((snapshot) => openMarket(snapshot, mode)),
      TE.bindTo('market'),
      TE.let('jobs', ({ market }) => jobsOf(market, tracks)),
      TE.bind('scored', ({ market, jobs }) => scoreMissing(environment, market.sample, jobs)),
      TE.let('histories', ({ market, scored }) =>
        tracks.map((track) => trackHistory(market, scored.windows, track, poolSize)),
      ),
      TE.bind('files', ({ market, histories }) =>
        TE.fromEither(historyFiles(market, histories, { mode, sourceProject, poolSize })),
      ),
      TE.bind('stored', ({ histories, files }) =>
        storeHistory(
          environment.history,
          {
            as_of_date,
            version,
            snapshot: payload.snapshot.sha256,
            pool_size: poolSize,
            tracks: histories.map((history) => trackRow(trackSummary(history))),
          },
          files,
        ),
      ),
      TE.map(({ stored, scored, jobs }) => ({
        outcome: stored.outcome,
        run_id,
        version,
        shadow_build: stored.pointer.build,
        windows_computed: scored.computed,
        windows_kept: jobs.length - scored.computed,
      })),
    );
  };
