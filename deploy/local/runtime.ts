import type { Environment } from '../../functions/environment.js';
import { makeHandlers } from '../../functions/handlers.js';
import { workerRanker } from '../../functions/rank/ranker.js';
import { workerScorer } from '../../functions/shadow/worker-scorer.js';
import { type Failure, getOrThrow } from '../../shared/codec/failure.js';
import type { PipelineConfig } from '../../shared/config.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { scratchPrefix } from '../../shared/object-keys.js';
import type { Clock } from '../../shared/ports/clock.js';
import type { LogEntry } from '../../shared/ports/log.js';
import type { Ranker } from '../../shared/ranking/ranker.js';
import { htmlRenderer } from '../../shared/report/html-renderer.js';
import { SHADOW_TRACKS, type ShadowTrack } from '../../shared/research/tracks/shadow-tracks.js';
import type { WindowScorer } from '../../shared/research/walk-forward/window-scorer.js';
import type { FunctionName } from '../../shared/topology.js';
import { drain, type IsServed, localPublisher } from './bus.js';
import { diskQueue } from './disk-queue.js';
import { openStores } from './open-stores.js';
import { type Materialised, writeOutput } from './output.js';
import type { StateFolder } from './state-folder.js';

/** Progress of the monthly run, for the person who waits for it. */
export interface Progress {
  readonly started: (stage: FunctionName) => void;
  readonly finished: (stage: FunctionName, milliseconds: number, outcome: string) => void;
  readonly retrying: (stage: FunctionName, failure: Failure, attemptsLeft: number) => void;
}

export interface RuntimeOptions {
  readonly state: StateFolder;
  readonly config: PipelineConfig;
  readonly source: MarketDataSource;
  readonly clock: Clock;
  readonly progress: Progress;
  /** Default: all functions but shadow. */
  readonly isServed?: IsServed;
  readonly scorer?: WindowScorer;
  readonly ranker?: Ranker;
  /** Default: the standard tracks. */
  readonly shadowTracks?: readonly ShadowTrack[];
}

/** The result of one function for one message. */
export interface StageReport {
  readonly name: FunctionName;
  readonly milliseconds: number;
  readonly entry: LogEntry;
}

export interface Runtime {
  readonly environment: Environment;
  /** Delivers until nothing is pending; the result lists what each function did, in order. */
  readonly drain: () => Promise<readonly StageReport[]>;
}

/** Where materialise wrote the release that its log entry names. */
const materialisedBy = ({ run_id = '', version = '', outcome }: LogEntry): Materialised => {
  const dryRun = outcome === 'dry_run';
  return {
    releasePrefix: `${scratchPrefix({ run_id, dry_run: dryRun })}releases/${version}/`,
    dryRun,
  };
};

/** How a stage ended whose message is dead-lettered. */
const deadLettered = (name: FunctionName, failure: Failure): StageReport => ({
  name,
  milliseconds: 0,
  entry: {
    severity: 'ERROR',
    stage: name,
    message: failure.message,
    outcome: 'dead_letter',
    code: failure.code,
  },
});

/** Runs all functions in one process on a state folder, with the same handlers as in the cloud. */
export const openRuntime = ({
  state,
  config,
  source,
  clock,
  progress,
  isServed,
  scorer = workerScorer(),
  ranker = workerRanker,
  shadowTracks = SHADOW_TRACKS,
}: RuntimeOptions): Runtime => {
  const queue = diskQueue(state.queue);
  let entries: LogEntry[] = [];
  let reports: StageReport[] = [];
  const environment: Environment = {
    config,
    source,
    ranker,
    scorer,
    shadowTracks,
    reporter: htmlRenderer,
    clock,
    ...openStores(state, config),
    publisher: localPublisher(queue, clock, isServed),
    log: (entry) => {
      entries.push(entry);
    },
  };
  const handlers = makeHandlers(async () => environment);
  return {
    environment,
    drain: async () => {
      reports = [];
      await drain({
        queue,
        clock,
        handlers,
        isServed,
        stopwatch: () => performance.now(),
        sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        observer: {
          started: (name) => {
            entries = [];
            progress.started(name);
          },
          handled: async (name, milliseconds) => {
            const entry = entries.at(-1);
            if (entry === undefined) return;
            if (name === 'materialise' && entry.severity === 'INFO')
              getOrThrow(await writeOutput(environment, state.output, materialisedBy(entry))());
            reports.push({ name, milliseconds, entry });
            progress.finished(name, milliseconds, String(entry.outcome));
          },
          failed: (name, failure, attemptsLeft) => {
            progress.retrying(name, failure, attemptsLeft);
            if (attemptsLeft > 0) return;
            reports.push(deadLettered(name, failure));
          },
        },
      });
      return reports;
    },
  };
};
