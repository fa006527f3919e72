import type { Sha256 } from '../codec/primitives.js';

/** Names of the files under `evidence/<version>/` that a release has at most once. */
export const MODEL_RUN_FILE = 'model_run.json';
export const EXPLANATION_FILE = 'explanation.json';
export const RESTATEMENT_FILE = 'restatement.json';
export const REPORT_FILE = 'report.html';

/** Named by a hash, because several runs of one version may each write its own. */
export const ACCEPTANCE_FOLDER = 'acceptance/';
export const acceptanceFile = (content: Sha256): string => `${ACCEPTANCE_FOLDER}${content}.json`;
export const dataQualityFile = (snapshot: Sha256): string => `data-quality/${snapshot}.json`;
export const rankingFile = (content: Sha256): string => `rankings/${content}.json`;
