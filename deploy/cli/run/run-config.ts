import type { PipelineConfig } from '../../../shared/config.js';
import { DEMO_NOW } from '../../../shared/market-data/demo-clock.js';
import type { Clock } from '../../../shared/ports/clock.js';
import { localConfig } from '../local-config.js';
import type { RunOptions } from './options.js';

/** The clock of a run: fixed by `--now` and by the demo source, else the system clock. */
export const runClock = (options: RunOptions): Clock => {
  const fixed = options.now ?? (options.source.kind === 'demo' ? DEMO_NOW : undefined);
  return fixed === undefined ? () => new Date() : () => new Date(fixed);
};

/** The clock of other commands: fixed by `now`; fixed after a demo run; else the system clock. */
export const commandClock = (last: RunOptions | undefined, now: Date | undefined): Clock => {
  if (now !== undefined) return () => now;
  return last?.source.kind === 'demo' ? runClock(last) : () => new Date();
};

/** The configuration of a run and of later commands on its folder. */
export const runConfig = (options: RunOptions | undefined): PipelineConfig =>
  localConfig(
    options === undefined
      ? {}
      : {
          bucket: options.bucket,
          poolSize: options.pool_size,
          defaultMode: options.mode,
          selectionMeta: options.selection_meta,
        },
  );
