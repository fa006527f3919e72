import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import * as t from 'io-ts';
import { decode } from '../../codec/decode.js';
import { exactObject } from '../../codec/exact-object.js';
import type { Failure } from '../../codec/failure.js';
import { canonicalJson, sha256 } from '../../codec/hash.js';
import { AsOfDate, Finite, Timestamp } from '../../codec/primitives.js';
import { refinedInteger } from '../../codec/refined.js';
import { isoDay } from '../../day.js';
import { correctionKey } from '../../object-keys.js';
import type { Generation, ObjectStore } from '../../ports/object-store.js';
import { CONTENT_TYPES, writeOnce } from '../../ports/write-once.js';
import type { BarChange } from './merge-bars.js';

/**
 * A correction: a stored bar that the exchange returned with other values. Records are append-only.
 */
const Correction = exactObject('correction', {
  schema_version: t.literal(1),
  symbol: t.string,
  day: AsOfDate,
  /** Generation of the stored bars that held the old values. */
  generation: refinedInteger('Generation', 1, 'a whole number of at least 1'),
  changes: t.readonlyArray(exactObject('change', { field: t.string, old: Finite, new: Finite })),
  noticed_at: Timestamp,
});

/**
 * Records a correction before the stored bars change, so that none is lost if the process dies in
 * between. Its name does not depend on the time of detection: a retry or a concurrent process
 * creates the same record, and the first one is kept. The generation is part of the name, so that a
 * value that changes back and forth leaves a record each time.
 */
export const recordCorrection =
  (objects: ObjectStore, symbol: string, generation: Generation, noticedAt: Timestamp) =>
  ({ day, changes }: BarChange): TE.TaskEither<Failure, void> => {
    const facts = { schema_version: 1, symbol, day: isoDay(day), generation, changes };
    const record = { ...facts, noticed_at: noticedAt };
    return pipe(
      decode(Correction)(record),
      TE.fromEither,
      TE.chain(() =>
        writeOnce(
          objects,
          correctionKey(symbol, day, sha256(canonicalJson(facts))),
          new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`),
          CONTENT_TYPES.json,
        ),
      ),
      TE.map(() => undefined),
    );
  };
