import * as TE from 'fp-ts/lib/TaskEither.js';
import type { ReportRenderer } from '../../shared/report/report-renderer.js';

/** A page without charts: a thousand months need none. */
export const stubReportRenderer: ReportRenderer = {
  render: ({ release: { version, pool } }) =>
    TE.right(`<title>${version}: ${pool.join(' ')}</title>`),
};
