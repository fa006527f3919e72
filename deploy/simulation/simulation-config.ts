import type { Revision } from '../../shared/codec/primitives.js';
import type { PipelineConfig } from '../../shared/config.js';
import { CONTRACT, DEFAULTS } from '../../shared/contract/constants.js';

export const SIMULATION_CONFIG: PipelineConfig = {
  bucket: 'simulated-bucket',
  rootPrefix: DEFAULTS.rootPrefix,
  sourceProject: DEFAULTS.sourceProject,
  contract: CONTRACT,
  defaultMode: DEFAULTS.mode,
  poolSize: DEFAULTS.poolSize,
  readers: { mode: DEFAULTS.mode, poolSize: DEFAULTS.poolSize },
  maxAgeDays: DEFAULTS.maxAgeDays,
  firestoreCollection: DEFAULTS.firestoreCollection,
  firestoreDocument: DEFAULTS.firestoreDocument,
  selectionMeta: false,
  actor: 'simulation',
  sourceRevision: '0123456789abcdef0123456789abcdef01234567' as Revision,
};
