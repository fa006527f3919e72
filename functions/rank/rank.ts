import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { encodeJson } from '../../shared/codec/bytes.js';
import { type Failure, permanent } from '../../shared/codec/failure.js';
import { sha256 } from '../../shared/codec/hash.js';
import { rankingFile } from '../../shared/evidence/evidence-files.js';
import { RankingEvidence } from '../../shared/evidence/ranking.js';
import { makeMessage } from '../../shared/messages/envelope.js';
import type { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import { evidenceKey, scratchPrefix } from '../../shared/object-keys.js';
import { CONTENT_TYPES, writeOnce } from '../../shared/ports/write-once.js';
import type { Ranking } from '../../shared/ranking/ranking.js';
import { rankingEvidence } from '../../shared/ranking/ranking-evidence.js';
import { referenceTo } from '../../shared/releases/read-referenced-object.js';
import { readSnapshot } from '../../shared/releases/read-snapshot.js';
import type { Step } from '../environment.js';
import { explainShortage } from './explain-shortage.js';

/** A pool with fewer members is never published. */
const requireFullPool =
  (poolSize: number) =>
  (ranking: Ranking): E.Either<Failure, Ranking> =>
    ranking.rows.filter(({ selected }) => selected).length === poolSize
      ? E.right(ranking)
      : E.left(permanent('contract-invalid', explainShortage(ranking, poolSize)));

/** Ranks the universe of a sealed snapshot and writes the complete ranking as evidence. */
export const rank: Step<MarketDataIngested> =
  ({ message }) =>
  ({ config, objects, ranker }) => {
    const { payload, run_id } = message;
    return pipe(
      readSnapshot(objects, config, payload.snapshot),
      TE.chain((snapshot) =>
        ranker.rank({ ...snapshot, mode: payload.mode, poolSize: config.poolSize }),
      ),
      TE.chainEitherK(requireFullPool(config.poolSize)),
      TE.chainEitherK((ranking) =>
        encodeJson(RankingEvidence, 'ranking.json')(rankingEvidence(ranking)),
      ),
      TE.bindTo('bytes'),
      TE.let('key', ({ bytes }) => {
        // Content-addressed: the next run need not match the file of a run that failed later.
        const file = rankingFile(sha256(bytes));
        return `${scratchPrefix({ ...payload, run_id })}${evidenceKey(payload.version, file)}`;
      }),
      TE.bind('written', ({ key, bytes }) => writeOnce(objects, key, bytes, CONTENT_TYPES.json)),
      TE.map(({ key, bytes, written }) => ({
        outcome: written.outcome === 'written' ? ('done' as const) : ('already_done' as const),
        run_id,
        version: payload.version,
        outgoing: makeMessage('pool-ranked', message, {
          ...payload,
          ranking: referenceTo(config, key, bytes),
        }),
      })),
    );
  };
