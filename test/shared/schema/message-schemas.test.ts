import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import {
  attributesOf,
  parseControlAttributes,
} from '../../../shared/messages/control-attributes.js';
import { makeMessage } from '../../../shared/messages/envelope.js';
import { cause, messageKinds } from '../../support/message-arbitraries.js';
import { mutated } from './json-mutations.js';
import { validatorOf } from './validators.js';

const command = fc.record(
  {
    intent: fc.constantFrom('publish', 'rollback', 'restate'),
    reason: fc.constantFrom('bad input', '🪙'.repeat(500)),
    expected_seq: fc.constantFrom('1', '999999999999999'),
  },
  { requiredKeys: [] },
);
const misspelt = fc.record(
  {
    intent: fc.constantFrom('publish', 'rollback', 'restate', 'Rollback', ''),
    reason: fc.constantFrom('bad input', '', ' ', 'x'.repeat(501)),
    expected_seq: fc.constantFrom('1', '0', '01', '-1', '1.0', '1000000000000000'),
  },
  { requiredKeys: [] },
);

for (const { topic, payload } of messageKinds) {
  describe(`The schema of the attributes of ${topic}`, () => {
    const valid = validatorOf(`messages/${topic}.attributes`);
    const attributes = fc
      .tuple(cause, payload)
      .map(([origin, content]) => attributesOf(makeMessage(topic, origin, content)));

    it('admits and requires every published attribute, and allows further attributes', () => {
      fc.assert(
        fc.property(attributes, (sent) => {
          assert.ok(valid({ ...sent, googclient_traceparent: 'x' }), JSON.stringify(valid.errors));
          for (const name of Object.keys(sent)) {
            const rest = Object.entries(sent).filter(([key]) => key !== name);
            assert.ok(!valid(Object.fromEntries(rest)), `${name} was not missed`);
            assert.ok(!valid({ ...sent, [name]: '?' }), `${name} may be anything`);
          }
        }),
        { numRuns: 20 },
      );
    });

    if (topic === 'release-materialised')
      it('admits the commands that are understood, and no others', () => {
        const seen = { understood: 0, refused: 0 };
        const commands = fc.oneof(command, misspelt, mutated(command));
        fc.assert(
          fc.property(attributes, commands, (sent, given) => {
            fc.pre(typeof given === 'object' && given !== null && !Array.isArray(given));
            const understood = E.isRight(parseControlAttributes(given));
            seen[understood ? 'understood' : 'refused'] += 1;
            assert.equal(valid({ ...given, ...sent }), understood, JSON.stringify(valid.errors));
          }),
          { numRuns: 400 },
        );
        assert.ok(seen.understood >= 40 && seen.refused >= 40, JSON.stringify(seen));
      });
  });
}
