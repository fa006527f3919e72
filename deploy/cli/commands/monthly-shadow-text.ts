import { join } from 'node:path';
import type { Context } from '../context.js';
import type { MonthlySummary } from '../run/monthly-summary.js';
import { plainTable } from '../terminal/table.js';

/** The build as text: the tracks and the locations of the files. */
export const monthlyShadowText = (
  { official_baseline, shadow_candidate_tracks }: MonthlySummary,
  { state }: Pick<Context, 'state'>,
): string => {
  const table = plainTable({
    head: ['track', 'status', 'releases', 'first', 'last'],
    colAligns: ['left', 'left', 'right', 'left', 'left'],
  });
  for (const row of shadow_candidate_tracks.tracks)
    table.push([
      row.track_id,
      row.candidate_status,
      row.release_count,
      row.first_as_of_date ?? '–',
      row.last_as_of_date ?? '–',
    ]);
  const at = (path: string): string => join(state.root, path);
  return [
    `Checked ${official_baseline.version} for publication; nothing was promoted.`,
    table.toString(),
    `artifacts   ${state.output}`,
    `manifest    ${at(official_baseline.publish_manifest_path)}`,
    `tracks      ${at(shadow_candidate_tracks.root_dir)}`,
  ].join('\n');
};
