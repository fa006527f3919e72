import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import type { ReportModel } from './model.js';

/** Renders the report of a release. */
export interface ReportRenderer {
  /** The text of an HTML file; the same for the same model. */
  readonly render: (model: ReportModel) => TaskEither<Failure, string>;
}
