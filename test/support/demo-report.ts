import { readJson } from '../../shared/codec/bytes.js';
import type { Version } from '../../shared/codec/primitives.js';
import { RankingEvidence } from '../../shared/evidence/ranking.js';
import { readReference } from '../../shared/releases/read-referenced-object.js';
import { readReleaseAt } from '../../shared/releases/read-release.js';
import type { ReportModel } from '../../shared/report/model.js';
import { readEvidence } from '../../shared/report/read-evidence.js';
import { readLive } from '../../shared/report/read-live.js';
import { type ReadTrackFile, readShadow } from '../../shared/report/read-shadow.js';
import { releasePart } from '../../shared/report/release-part.js';
import { DEMO_REQUEST, runMonth } from './fault-free-month.js';
import { getOrThrow } from './get-or-throw.js';
import { memoryWorld } from './memory-world.js';

/** Two stay, one moves, three left for others. */
const POOL_BEFORE = ['QUEBECUSDT', 'ROMEOUSDT', 'DELTAUSDT', 'LIMAUSDT', 'PAPAUSDT'];

/** Both reports of the demo month, from what its functions have really left. */
export const demoReports = async (
  history: ReadTrackFile,
): Promise<{ readonly release: ReportModel; readonly live: Required<ReportModel> }> => {
  const world = memoryWorld();
  const { objects, config, clock } = world.environment;
  const stages = await runMonth(world, { ...DEMO_REQUEST, previous_pool: POOL_BEFORE });
  const ranked =
    stages.find(({ name }) => name === 'materialise')?.incoming.data ?? new Uint8Array();
  const { payload } = JSON.parse(Buffer.from(ranked).toString('utf8'));
  const version: Version = payload.version;
  const release = getOrThrow(await readReleaseAt(objects, `releases/${version}/`)());
  const bytes = getOrThrow(await readReference(objects, config, 'ranking', payload.ranking)());
  const evidence = getOrThrow(
    await readEvidence(objects, {
      version,
      scratch: '',
      snapshot: payload.snapshot,
      ranking: getOrThrow(readJson(RankingEvidence, 'ranking')(bytes)),
    })(),
  );
  const part = releasePart(release, config, evidence);
  const shadow = getOrThrow(await readShadow(history)());
  const live = getOrThrow(
    await readLive(world.environment, {
      ...{ now: clock(), mode: part.mode, shadow },
      ...{ place: ' --state x', shadowBuild: 'monthly-shadow-build --source csv' },
    })(),
  );
  return { release: { release: part }, live: { release: part, live } };
};
