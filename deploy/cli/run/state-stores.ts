import type { PipelineConfig } from '../../../shared/config.js';
import type { Clock } from '../../../shared/ports/clock.js';
import type { DocumentStore } from '../../../shared/ports/document-store.js';
import type { ObjectStore } from '../../../shared/ports/object-store.js';
import { openStores } from '../../local/open-stores.js';
import type { Context } from '../context.js';
import { clockAfter, configOf } from './run-config.js';
import { readMemory } from './state-file.js';

/** What commands that look, but run nothing, need of a state folder. */
export interface Stores {
  readonly config: PipelineConfig;
  readonly objects: ObjectStore;
  readonly documents: DocumentStore;
  readonly clock: Clock;
}

/** Opens the bucket that the folder's last run used, at the clock that it ran by. */
export const storesOf = async ({ state, now }: Context): Promise<Stores> => {
  const { last } = await readMemory(state);
  const config = configOf(last);
  return { config, ...openStores(state, config), clock: clockAfter(last, now) };
};
