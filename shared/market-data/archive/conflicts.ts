import { isoDay } from '../../day.js';
import type { BarSeries } from '../bars.js';
import { mergeBars } from '../binance/merge-bars.js';
import type { RejectedFile } from '../input-problems.js';

/** The bars of one archive file. */
export interface ArchiveBars {
  readonly file: string;
  readonly series: BarSeries;
}

/**
 * The bars in which files of one symbol disagree. Files may overlap (a month and its days, a ZIP
 * file and its CSV file), but it is unknown which of two values is newer.
 */
export const conflictingBars = (files: readonly ArchiveBars[]): readonly RejectedFile[] => {
  const rejected: RejectedFile[] = [];
  let all: BarSeries | undefined;
  for (const { file, series } of files) {
    const { changed, ...merged } = mergeBars(all ?? series, series);
    all = merged.series;
    const problems = changed.flatMap(({ day, changes }) =>
      changes.map(({ field, old, new: got }) => ({
        field,
        expected: `${old} on ${isoDay(day)}, as in a file before it`,
        got: `${got}`,
      })),
    );
    if (problems.length > 0) rejected.push({ file, problems });
  }
  return rejected;
};
