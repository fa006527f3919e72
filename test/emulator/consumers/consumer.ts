import { Firestore } from '@google-cloud/firestore';
import { PubSub } from '@google-cloud/pubsub';
import { Storage } from '@google-cloud/storage';
import * as client from 'crypto-live-pool-pipelines/client';

const [name = '', state = ''] = process.argv.slice(2);
const [firestore, pubsub, storage] = [new Firestore(), new PubSub(), new Storage()];
const close = () => Promise.all([listening.stop(), pubsub.close(), firestore.terminate()]);
const listening = client.onLivePoolPublished(
  pubsub.subscription(name),
  async ({ event }) => {
    const pool = await client.loadLivePool({
      readDocument: client.readFirestoreDocument(firestore),
      lastKnownGood: client.textFile(`${state}/last-known-good.json`),
      staticUniverse: { BTCUSDT: { base_asset: 'BTC' } },
    });
    console.log(event.payload.promotion_seq, pool.source, pool.symbols.join(' '));
  },
  {
    readObject: async (uri) => {
      const [, bucket = '', path = ''] = /^gs:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
      const file = storage.bucket(bucket).file(path);
      return (await file.exists())[0] ? (await file.download())[0] : undefined;
    },
    sequence: client.fileSequence(`${state}/sequence`),
    deadLetter: async ({ reason }) => console.error(reason),
    report: ({ outcome }) => outcome === 'handled' && void close(),
  },
);
