import * as TE from 'fp-ts/lib/TaskEither.js';
import { permanent } from '../codec/failure.js';
import type { ReportRenderer } from './report-renderer.js';

/** Loads the charting library with the first page: no other step of the pipeline needs it. */
export const htmlRenderer: ReportRenderer = {
  render: (model) =>
    TE.tryCatch(
      async () => {
        const { reportPage } = await import('./page.js');
        return reportPage(model);
      },
      // Permanent: the same model would cause the same error again.
      (cause) =>
        permanent('unexpected', `The report of ${model.release.version} could not be drawn`, {
          cause,
        }),
    ),
};
