/** Names of the files under `evidence/<version>/` that a release has at most once. */
export const MODEL_RUN_FILE = 'model_run.json';
export const EXPLANATION_FILE = 'explanation.json';
export const RESTATEMENT_FILE = 'restatement.json';
export const REPORT_FILE = 'report.html';
