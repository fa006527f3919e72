import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { AsOfDate, Mode, PositiveInteger, Revision, Version } from '../codec/primitives.js';
import { ObjectReference } from '../messages/run-fields.js';
import { ModelEvidence } from './ranking.js';

/** `evidence/<version>/model_run.json`: inputs, source revision and results of the models. */
export const ModelRun = exactObject('ModelRun', {
  schema_version: t.literal(1),
  version: Version,
  as_of_date: AsOfDate,
  mode: Mode,
  pool_size: PositiveInteger,
  /** Ranking this snapshot again gives the ranking below, bit for bit. */
  snapshot: ObjectReference,
  ranking: ObjectReference,
  source_revision: t.union([Revision, t.null], 'Revision or null'),
  model: ModelEvidence,
});
export type ModelRun = t.TypeOf<typeof ModelRun>;
