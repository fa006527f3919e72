import type { PipelineConfig } from '../../../shared/config.js';
import type { Clock } from '../../../shared/ports/clock.js';
import type { DocumentStore } from '../../../shared/ports/document-store.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { openStores } from '../../local/open-stores.js';
import type { Context } from '../context.js';
import { commandClock, runConfig } from './run-config.js';
import { readStateFile } from './state-file.js';

/** The stores, configuration and clock that a command needs to read a target. */
export interface TargetStores {
  readonly config: PipelineConfig;
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly clock: Clock;
}

/** Opens the stores of the folder's last run, with the clock of that run. */
export const openStateStores = async ({ state, now }: Context): Promise<TargetStores> => {
  const { last } = await readStateFile(state);
  const config = runConfig(last);
  return { config, ...openStores(state, config), clock: commandClock(last, now) };
};
