import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { sha256 } from '../../../shared/codec/hash.js';
import type { Timestamp } from '../../../shared/codec/primitives.js';
import { decodeMessage } from '../../../shared/messages/decode-message.js';
import type { RunId } from '../../../shared/messages/envelope.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { PoolRanked } from '../../../shared/messages/pool-ranked.js';
import { type Upcast, versioned } from '../../../shared/messages/versioned.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const hash = sha256('a');
const archived = makeMessage(
  'pool-ranked',
  {
    event_id: hash,
    run_id: '2026-02-28-core_major-0123456789ab' as RunId,
    occurred_at: '2026-03-01T00:00:00+00:00' as Timestamp,
  },
  {
    version: '2026-02-28-core_major',
    as_of_date: '2026-02-28',
    mode: 'core_major',
    dry_run: false,
    allow_stale: false,
    snapshot: { uri: 'gs://bucket/snapshot', sha256: hash },
    ranking: { uri: 'gs://bucket/ranking', sha256: hash },
  },
);

/** A version 2 of the topic that only this test knows: `ranking` is called `evidence`. */
const { ranking, ...unchanged } = PoolRanked.type.props.payload.type.props;
const PoolRanked2 = t.strict(
  {
    ...PoolRanked.type.props,
    schema_version: t.literal(2),
    payload: t.strict({ ...unchanged, evidence: ranking }, 'object'),
  },
  'pool-ranked',
);
const toVersion2: Upcast = ({ ranking: evidence, ...payload }) => ({ ...payload, evidence });
const read = decodeMessage(versioned(PoolRanked2, toVersion2));

const { ranking: evidence, ...others } = archived.payload;
const newest = { ...archived, schema_version: 2, payload: { ...others, evidence } };

describe('A topic with a second schema version', () => {
  it('reads an archived message of version 1 as one of version 2, with the same id', () => {
    assert.deepEqual(getOrThrow(read(JSON.parse(JSON.stringify(archived)))), newest);
  });

  it('reads a message of version 2 as it is', () => {
    assert.deepEqual(getOrThrow(read(newest)), newest);
  });

  it('holds an upcast message against the codec of version 2', () => {
    const { snapshot: _, ...payload } = archived.payload;
    const result = read({ ...archived, payload });
    assert.ok(E.isLeft(result));
    assert.match(result.left.message, /^pool-ranked: payload\.snapshot: expected/);
  });

  it('rejects a newer version permanently, and advises to upgrade first', () => {
    const result = read({ ...newest, schema_version: 3 });
    assert.ok(E.isLeft(result));
    assert.equal(result.left.kind, 'permanent');
    assert.equal(
      result.left.message,
      'pool-ranked: schema_version: expected 1 to 2 (upgrade this code before it reads a newer one), got 3',
    );
  });

  it('rejects a version that never existed', () => {
    for (const schema_version of [0, -1, 1.5, '1', undefined])
      assert.ok(E.isLeft(read({ ...newest, schema_version })), String(schema_version));
  });
});
