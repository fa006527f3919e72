import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskQueue } from '../../deploy/local/disk-queue.js';
import { decodeJson } from '../../shared/codec/decode.js';
import { attributesOf } from '../../shared/messages/control-attributes.js';
import { decodeMessage } from '../../shared/messages/decode-message.js';
import { type AnyEnvelope, encodeMessage } from '../../shared/messages/envelope.js';
import { LivePoolPublished } from '../../shared/messages/live-pool-published.js';
import { MarketDataIngested } from '../../shared/messages/market-data-ingested.js';
import { MonthlyRunRequested, RunRequest } from '../../shared/messages/monthly-run-requested.js';
import { PoolRanked } from '../../shared/messages/pool-ranked.js';
import { ReconcileRequested } from '../../shared/messages/reconcile-requested.js';
import { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import { ReleasePromoted } from '../../shared/messages/release-promoted.js';
import { allFunctions, type EnvelopedTopic, envelopedTopics } from '../../shared/topology.js';
import { temporaryFolder } from '../support/cli.js';
import { getOrThrow } from '../support/get-or-throw.js';

const messages = join(import.meta.dirname, 'upgrade/messages');

const decoders: Readonly<Record<EnvelopedTopic, (data: unknown) => AnyEnvelope>> = {
  'monthly-run-requested': (data) => getOrThrow(decodeMessage(MonthlyRunRequested)(data)),
  'market-data-ingested': (data) => getOrThrow(decodeMessage(MarketDataIngested)(data)),
  'pool-ranked': (data) => getOrThrow(decodeMessage(PoolRanked)(data)),
  'release-materialised': (data) => getOrThrow(decodeMessage(ReleaseMaterialised)(data)),
  'release-promoted': (data) => getOrThrow(decodeMessage(ReleasePromoted)(data)),
  'live-pool-published': (data) => getOrThrow(decodeMessage(LivePoolPublished)(data)),
};

const archivedOf = (topic: EnvelopedTopic): { readonly id: string; readonly text: string } => {
  const folder = join(messages, 'archived', topic);
  const [file = ''] = readdirSync(folder);
  return { id: file.replace('.json', ''), text: readFileSync(join(folder, file), 'utf8') };
};

describe('a message that ded252e archived', () => {
  for (const topic of envelopedTopics)
    it(`of ${topic} decodes, and keeps its event id and its bytes`, () => {
      const { id, text } = archivedOf(topic);
      const message = decoders[topic](JSON.parse(text));
      assert.equal(message.event_id, id);
      assert.equal(new TextDecoder().decode(encodeMessage(message)), text);
    });
});

describe('a message that ded252e left in the queue', () => {
  const place = temporaryFolder();

  it('waits for its function with the bytes and attributes of today', async () => {
    cpSync(join(messages, 'waiting'), join(place(), 'pending'), { recursive: true });
    const pending = await diskQueue(place()).pending();
    const expected = allFunctions.filter((name) => name !== 'shadow');
    assert.deepEqual(pending.map(({ subscriber }) => subscriber).sort(), [...expected].sort());
    for (const { topic, data, attributes } of pending) {
      const text = Buffer.from(data, 'base64').toString('utf8');
      const enveloped = envelopedTopics.find((one) => one === topic);
      if (topic === 'reconcile-requested') getOrThrow(decodeJson(ReconcileRequested, topic)(text));
      else if (topic === 'monthly-run-requested') getOrThrow(decodeJson(RunRequest, topic)(text));
      else if (enveloped === undefined) assert.fail(`${topic} is no topic`);
      else {
        assert.equal(text, archivedOf(enveloped).text);
        assert.deepEqual(attributesOf(decoders[enveloped](JSON.parse(text))), attributes);
      }
    }
  });
});
