import * as TE from 'fp-ts/lib/TaskEither.js';
import type { ReportRenderer } from '../../shared/report/report-renderer.js';

/** Renders a page without charts: rendering a thousand months would take too long. */
export const stubReportRenderer: ReportRenderer = {
  render: ({ release: { version, pool } }) =>
    TE.right(`<title>${version}: ${pool.join(' ')}</title>`),
};
