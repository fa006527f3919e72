import assert from 'node:assert/strict';
import { permanent } from '../../../shared/codec/failure.js';
import {
  deadLetterAttributes,
  readDeadLetterAttributes,
} from '../../../shared/ports/dead-letter-attributes.js';

describe('dead-letter attributes', () => {
  const original = { messageId: 'delivery-1', attributes: { version: '2026-02-28-core_major' } };

  it('reads what a function wrote, beside the attributes of the message', () => {
    const written = deadLetterAttributes('rank', original, permanent('stale', 'It is too old'));
    assert.deepEqual(written, {
      version: '2026-02-28-core_major',
      dead_letter_function: 'rank',
      dead_letter_code: 'stale',
      dead_letter_reason: 'It is too old',
      dead_letter_message_id: 'delivery-1',
    });
    const { dead_letter_code, dead_letter_reason, dead_letter_message_id } =
      readDeadLetterAttributes(written);
    assert.deepEqual(
      [dead_letter_code, dead_letter_reason, dead_letter_message_id],
      ['stale', 'It is too old', 'delivery-1'],
    );
  });

  it('reads the reason of a code that this version does not know', () => {
    const read = readDeadLetterAttributes({
      dead_letter_code: 'a code of a later version',
      dead_letter_reason: 'It is too new',
    });
    assert.equal(read.dead_letter_code, undefined);
    assert.equal(read.dead_letter_reason, 'It is too new');
  });
});
