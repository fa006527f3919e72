import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import { memoryDocumentStore } from '../../../shared/local/memory-document-store.js';
import { readLedger, readPromotionState } from '../../../shared/promotion/read-ledger.js';
import { initialState } from '../../../shared/promotion/state.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const CONTROL = { collection: 'live_pool_control', document: 'promotion' };

describe('The stored promotion state', () => {
  it('is the empty one before any promotion', async () => {
    const documents = memoryDocumentStore();
    assert.deepEqual(getOrThrow(await readPromotionState(documents)()), initialState);
    assert.deepEqual(getOrThrow(await readLedger(documents)()), []);
  });

  it('is rejected, with its field, if it was corrupted', async () => {
    const documents = memoryDocumentStore();
    getOrThrow(await documents.create(CONTROL, { ...initialState, revoked: ['2026-01'] })());
    const read = await readPromotionState(documents)();
    assert.ok(E.isLeft(read));
    assert.equal(read.left.kind, 'permanent');
    assert.equal(
      read.left.message,
      'promotion state: revoked.0: expected Version (<as_of_date>-<mode>), got "2026-01"',
    );
  });

  it('has a ledger whose broken entry is named', async () => {
    const documents = memoryDocumentStore();
    const path = { collection: 'live_pool_ledger', document: '00000001' };
    getOrThrow(await documents.create(path, { seq: 0 })());
    const read = await readLedger(documents)();
    assert.ok(E.isLeft(read));
    assert.match(
      read.left.message,
      /^ledger entry 00000001: seq: expected PositiveInteger \(a whole number of at least 1\), got 0; /,
    );
  });
});
