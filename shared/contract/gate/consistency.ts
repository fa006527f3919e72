import { type AsOfDate, versionOf } from '../../codec/primitives.js';
import { ARTIFACT_FILE } from '../constants.js';
import { disagreements, majorityValue, type Statement } from './majority.js';
import { type Problem, problem } from './problem.js';
import type { ReleaseParts } from './release-parts.js';

const {
  live_pool: POOL,
  live_pool_legacy: LEGACY,
  artifact_manifest: MANIFEST,
  latest_universe: UNIVERSE,
  latest_ranking: RANKING,
} = ARTIFACT_FILE;

const datesOf = (parts: ReleaseParts): readonly Statement<AsOfDate>[] => {
  const field = 'as_of_date';
  const rankingDates = new Set((parts.ranking ?? []).map((row) => row.as_of_date));
  return [
    { file: POOL, field, value: parts.livePool.as_of_date },
    { file: LEGACY, field, value: parts.legacy.as_of_date },
    { file: MANIFEST, field, value: parts.manifest.as_of_date },
    { file: MANIFEST, field: 'snapshot_as_of', value: parts.manifest.snapshot_as_of },
    { file: UNIVERSE, field, value: parts.universe.as_of_date },
    ...[...rankingDates].map((value) => ({ file: RANKING, field, value })),
  ];
};

type SharedField = 'version' | 'mode' | 'source_project';

const statementsOf = <K extends SharedField>(
  { livePool, legacy, manifest }: ReleaseParts,
  field: K,
) => [
  { file: POOL, field, value: livePool[field] },
  { file: LEGACY, field, value: legacy[field] },
  { file: MANIFEST, field, value: manifest[field] },
];

/** The date that occurs most often in the release. */
export const asOfDateOf = (parts: ReleaseParts): AsOfDate | undefined =>
  majorityValue(datesOf(parts));

export interface ExpectedFields {
  readonly expectedVersion?: string | undefined;
  readonly expectedSourceProject?: string | undefined;
}

/** Date, version, mode and source project agree everywhere; the version is `<date>-<mode>`. */
export const consistencyProblems = (
  parts: ReleaseParts,
  expected: ExpectedFields,
): readonly Problem[] => {
  const dates = datesOf(parts);
  const versions = statementsOf(parts, 'version');
  const modes = statementsOf(parts, 'mode');
  const projects = statementsOf(parts, 'source_project');
  const problems = [dates, versions, modes, projects].flatMap((statements) =>
    disagreements<string>(statements),
  );

  const asOfDate = majorityValue(dates);
  const mode = majorityValue(modes);
  const version = majorityValue(versions);
  const project = majorityValue(projects);
  if (asOfDate !== undefined && mode !== undefined && version !== undefined) {
    const derivedVersion = versionOf(asOfDate, mode);
    if (version !== derivedVersion)
      problems.push(
        problem('version', POOL, 'version', `"${derivedVersion}" (<as_of_date>-<mode>)`, version),
      );
  }
  const { expectedVersion, expectedSourceProject } = expected;
  if (expectedVersion !== undefined && version !== undefined && version !== expectedVersion)
    problems.push(problem('version', POOL, 'version', `"${expectedVersion}"`, version));
  if (
    expectedSourceProject !== undefined &&
    project !== undefined &&
    project !== expectedSourceProject
  )
    problems.push(
      problem('identity', POOL, 'source_project', `"${expectedSourceProject}"`, project),
    );
  return problems;
};
