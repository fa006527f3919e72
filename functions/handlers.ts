import type { FunctionName } from '../shared/topology.js';
import type { EnvironmentProvider, Handler } from './create-handler.js';
import { ingestHandler } from './ingest/handler.js';
import { materialiseHandler } from './materialise/handler.js';
import { promoteHandler } from './promote/handler.js';
import { rankHandler } from './rank/handler.js';
import { reconcileHandler } from './reconcile/handler.js';
import { shadowHandler } from './shadow/handler.js';
import { syncFirestoreHandler } from './sync-firestore/handler.js';

/** All functions of the pipeline, by deployed name. */
export const makeHandlers = (
  provide: EnvironmentProvider,
): Readonly<Record<FunctionName, Handler>> => ({
  ingest: ingestHandler(provide),
  rank: rankHandler(provide),
  materialise: materialiseHandler(provide),
  promote: promoteHandler(provide),
  'sync-firestore': syncFirestoreHandler(provide),
  reconcile: reconcileHandler(provide),
  shadow: shadowHandler(provide),
});
