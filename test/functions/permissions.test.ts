import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as O from 'fp-ts/lib/Option.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Environment } from '../../functions/environment.js';
import { type Failure, transient } from '../../shared/codec/failure.js';
import type { Mode, PositiveInteger } from '../../shared/codec/primitives.js';
import { parseIsoDay } from '../../shared/day.js';
import { ledgerPath } from '../../shared/document-paths.js';
import type { BarSeries } from '../../shared/market-data/bars.js';
import { binanceSource } from '../../shared/market-data/binance/source.js';
import { type FunctionPermissions, permissions, type Verb } from '../../shared/permissions.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import { allFunctions, type FunctionName, monthlyFunctions } from '../../shared/topology.js';
import { dayRange } from '../support/day-range.js';
import { json } from '../support/fault-free-month.js';
import { getOrThrow } from '../support/get-or-throw.js';
import { inProcessScorer } from '../support/in-process-scorer.js';
import { memoryExchange } from '../support/memory-exchange.js';
import {
  type Answer,
  type Incoming,
  memoryWorld,
  outcomeOf,
  type Published,
  TEST_CONFIG,
} from '../support/memory-world.js';
import { LAST_DAY, MODE, plainTree, smallHistory } from '../support/small-history.js';

type Stores = Pick<Environment, 'objects' | 'documents' | 'publisher'>;
type Table = Readonly<Record<FunctionName, FunctionPermissions>>;

/** Every single thing that the table allows. */
const entriesOf = (table: Table): readonly string[] =>
  allFunctions.flatMap((name) => [
    ...Object.entries(table[name].objects).flatMap(([prefix, verbs]) =>
      verbs.map((verb) => `${name} may ${verb} ${prefix}`),
    ),
    `${name} has documents to ${table[name].documents}`,
    ...table[name].publishes.map((topic) => `${name} publishes ${topic}`),
  ]);

/**
 * What the table allows, what of it was used, and what was refused. Rights to objects work as in
 * Cloud Storage: who may not list learns of no object that it is not there.
 */
const guardOf = (table: Table) => {
  const used = new Set<string>();
  const refused = new Set<string>();
  const wanted = new Map<FunctionName, 'none' | 'read' | 'write'>();

  const refuse = (what: string): Failure => {
    refused.add(what);
    return transient('unavailable', `${what} is not allowed`);
  };
  const check = (ok: boolean, what: string): E.Either<Failure, void> => {
    if (!ok) return E.left(refuse(what));
    used.add(what);
    return E.right(undefined);
  };
  const mayDo = (name: FunctionName, verb: Verb, key: string): E.Either<Failure, void> => {
    const segment = key.slice(0, key.indexOf('/') + 1);
    const verbs = table[name].objects[segment] ?? [];
    return check(verbs.includes(verb), `${name} may ${verb} ${segment}`);
  };
  const mayUseDocuments = (name: FunctionName, to: 'read' | 'write'): E.Either<Failure, void> => {
    if (wanted.get(name) !== 'write') wanted.set(name, to);
    const given = table[name].documents;
    return given === 'write' || given === to
      ? E.right(undefined)
      : E.left(refuse(`${name} has documents to ${to}`));
  };
  const after = <A>(allowed: E.Either<Failure, void>, task: TE.TaskEither<Failure, A>) =>
    E.isLeft(allowed) ? TE.left(allowed.left) : task;

  const objectsFor = (name: FunctionName, objects: ObjectStore): ObjectStore => {
    const found = <A>(key: string, task: TE.TaskEither<Failure, O.Option<A>>) =>
      after(
        mayDo(name, 'read', key),
        TE.chain(
          (answer: O.Option<A>): TE.TaskEither<Failure, O.Option<A>> =>
            O.isNone(answer) ? after(mayDo(name, 'list', key), TE.right(answer)) : TE.right(answer),
        )(task),
      );
    return {
      read: (key) => found(key, objects.read(key)),
      head: (key) => found(key, objects.head(key)),
      list: (prefix) => after(mayDo(name, 'list', prefix), objects.list(prefix)),
      write: (key, bytes, options) =>
        after(
          mayDo(name, options.ifGenerationMatch === 0 ? 'create' : 'replace', key),
          objects.write(key, bytes, options),
        ),
    };
  };

  return {
    refused: (): readonly string[] => [...refused].sort(),
    used: (): readonly string[] => [
      ...used,
      ...allFunctions.map((name) => `${name} has documents to ${wanted.get(name) ?? 'none'}`),
    ],
    portsFor: (name: FunctionName, { objects, documents, publisher }: Stores): Stores => ({
      objects: objectsFor(name, objects),
      documents: {
        get: (path) => after(mayUseDocuments(name, 'read'), documents.get(path)),
        list: (collection) => after(mayUseDocuments(name, 'read'), documents.list(collection)),
        create: (path, data) => after(mayUseDocuments(name, 'write'), documents.create(path, data)),
        // A transaction that may write needs the right to, whether or not it does.
        transact: (body) => after(mayUseDocuments(name, 'write'), documents.transact(body)),
      },
      publisher: {
        publish: (topic, data, attributes) =>
          after(
            check(table[name].publishes.includes(topic), `${name} publishes ${topic}`),
            publisher.publish(topic, data, attributes),
          ),
      },
    }),
  };
};

type Guard = ReturnType<typeof guardOf>;

const FEBRUARY = '2026-02-28';
const MARCH = LAST_DAY;
const LATER = '2026-03-31';

let bars: readonly BarSeries[] = [];
const names = 'ADA BTC DOT ETH LTC SOL TRX XRP'.split(' ').map((asset) => `${asset}USDT`);
const exchange = async () => {
  if (bars.length === 0)
    bars = getOrThrow(await smallHistory.bars(names, dayRange(0, parseIsoDay(LAST_DAY)))());
  return memoryExchange(bars);
};

const anotherTree = { ...plainTree, backend: 'another', fit: plainTree.fit };

/** All seven functions on common stores, each behind its own guard. */
const openPipeline = async (guard: Guard, own: Partial<Stores> = {}) => {
  const market = await exchange();
  const config = {
    ...TEST_CONFIG,
    defaultMode: MODE as Mode,
    readers: { ...TEST_CONFIG.readers, mode: MODE as Mode },
  };
  const common = memoryWorld({ config, ...own }).environment;
  const { objects, documents, clock } = common;
  const deliver = (
    name: FunctionName,
    message: Incoming,
    scorer = inProcessScorer(plainTree),
  ): Promise<Answer> => {
    const world = memoryWorld({ config, objects, documents, scorer }, (plain) => {
      const ports = guard.portsFor(name, plain);
      // The exchange's bars are kept by the source, with the rights of the function that asks it.
      const source = binanceSource({ exchange: market, objects: ports.objects, clock, top: 6 });
      return { ...ports, source };
    });
    return world.deliver(name, message);
  };
  return { objects, documents, deliver };
};

type Pipeline = Awaited<ReturnType<typeof openPipeline>>;

const onlyOne = ({ published, log }: Answer): Published => {
  const [message] = published;
  if (message === undefined) throw new Error(String(log[0]?.message ?? 'nothing was published'));
  return message;
};

/** The document store goes down when a claim or a promotion is written, after the objects. */
const unlucky = (guard: Guard, { objects, documents }: Pipeline): Promise<Pipeline> => {
  const down = TE.left(transient('unavailable', 'it is down'));
  return openPipeline(guard, {
    objects,
    documents: {
      ...documents,
      create: (path, data) =>
        path.collection === 'live_pool_snapshots' ? down : documents.create(path, data),
      transact: () => down,
    },
  });
};

/** Each delivery comes twice, as it may. */
const twice = async ({ deliver }: Pipeline, name: FunctionName, message: Incoming) => {
  const answer = await deliver(name, message);
  await deliver(name, message);
  return answer;
};

const runMonth = async (guard: Guard, pipeline: Pipeline, as_of_date: string, own: object = {}) => {
  const said = new Map<FunctionName, Published>();
  const dying = await unlucky(guard, pipeline);
  let incoming: Incoming = { data: json({ as_of_date, ...own }) };
  for (const name of monthlyFunctions) {
    if (name === 'ingest' || name === 'promote')
      assert.equal((await dying.deliver(name, incoming)).status, 500);
    const answer = await twice(pipeline, name, incoming);
    if (outcomeOf(answer) === 'dry_run') break;
    incoming = onlyOne(answer);
    said.set(name, onlyOne(answer));
    if (name === 'ingest') await twice(pipeline, 'shadow', incoming);
  }
  return {
    said: (name: FunctionName): Published => {
      const message = said.get(name);
      if (message === undefined) throw new Error(`${name} has said nothing`);
      return message;
    },
  };
};

type Month = Awaited<ReturnType<typeof runMonth>>;

/** Another message, which has not been delivered yet. */
const altered = ({ data, attributes }: Published, from: string, to: string): Incoming => ({
  data: Buffer.from(
    Buffer.from(data)
      .toString('utf8')
      .replaceAll(from, to)
      .replace(/"event_id":"[0-9a-f]{64}"/, `"event_id":"${'0'.repeat(64)}"`),
  ),
  attributes,
});

/** A promotion that dies before anything is copied, on stores that hold no `current/` yet. */
const dyingPromotion = async (guard: Guard): Promise<void> => {
  const pipeline = await openPipeline(guard);
  const { objects, documents, deliver } = pipeline;
  let incoming: Incoming = { data: json({ as_of_date: FEBRUARY }) };
  for (const name of ['ingest', 'rank', 'materialise'] as const)
    incoming = onlyOne(await deliver(name, incoming));
  const dying = await openPipeline(guard, {
    documents,
    objects: {
      ...objects,
      write: (key, bytes, options) =>
        key.startsWith('current/')
          ? TE.left(transient('unavailable', 'it dies'))
          : objects.write(key, bytes, options),
    },
  });
  assert.equal((await dying.deliver('promote', incoming)).status, 500);
  // The ledger has moved, and no reader can see it.
  await twice(pipeline, 'reconcile', { data: json({}) });
};

/** An object of `current/` is changed by hand, and reconcile puts it right. */
const repair = async ({ objects, deliver }: Pipeline): Promise<void> => {
  const key = 'current/live_pool.json';
  const there = getOrThrow(await objects.head(key)());
  assert.ok(O.isSome(there));
  const options = { ifGenerationMatch: there.value.generation, contentType: 'text/plain' };
  getOrThrow(await objects.write(key, new Uint8Array([1]), options)());
  assert.equal(outcomeOf(await deliver('reconcile', { data: json({}) })), 'done');
};

const rollback = async (pipeline: Pipeline, { said }: Month): Promise<void> => {
  const { data } = said('materialise');
  const attributes = { intent: 'rollback', reason: 'a test', expected_seq: '2' };
  const answer = await twice(pipeline, 'promote', { data, attributes });
  await twice(pipeline, 'sync-firestore', onlyOne(answer));
};

/** A promotion that the ledger has, of a release that is not there. */
const promotionOfNothing = async ({ documents }: Pipeline, { said }: Month): Promise<Incoming> => {
  const stored = getOrThrow(await documents.get(ledgerPath(2 as PositiveInteger))());
  assert.ok(O.isSome(stored));
  const entry = JSON.parse(JSON.stringify(stored.value).replaceAll(MARCH, LATER));
  const path = ledgerPath(99 as PositiveInteger);
  getOrThrow(await documents.create(path, { ...entry, seq: 99 })());
  const { data, attributes } = altered(said('promote'), MARCH, LATER);
  const text = Buffer.from(data)
    .toString('utf8')
    .replace('"promotion_seq":2', '"promotion_seq":99');
  return { data: Buffer.from(text), ...(attributes === undefined ? {} : { attributes }) };
};

/** Two ways of being undeliverable: what is referred to is not there, and nothing makes sense. */
const deadLetters = async (pipeline: Pipeline, month: Month): Promise<void> => {
  const { said } = month;
  const snapshot = altered(said('ingest'), 'manifest.json', 'elsewhere.json');
  const missing: readonly (readonly [FunctionName, Incoming])[] = [
    ['rank', snapshot],
    ['shadow', snapshot],
    ['materialise', altered(said('rank'), '/rankings/', '/elsewhere/')],
    ['promote', altered(said('materialise'), MARCH, LATER)],
    ['sync-firestore', await promotionOfNothing(pipeline, month)],
    ...allFunctions.map((name) => [name, { data: json('nonsense') }] as const),
  ];
  for (const [name, message] of missing)
    assert.equal(outcomeOf(await pipeline.deliver(name, message)), 'dead_letter', name);
};

/** Everything that happens to the pipeline, as quickly as it can. */
const live = async (guard: Guard): Promise<void> => {
  await dyingPromotion(guard);
  const pipeline = await openPipeline(guard);
  const february = await runMonth(guard, pipeline, FEBRUARY);
  const march = await runMonth(guard, pipeline, MARCH);
  await rollback(pipeline, february);
  await twice(pipeline, 'reconcile', { data: json({}) });
  await repair(pipeline);
  const dry = await runMonth(guard, pipeline, MARCH, { dry_run: true });
  // A later version makes another history of the same run.
  await pipeline.deliver('shadow', dry.said('ingest'), inProcessScorer(anotherTree));
  await deadLetters(pipeline, march);
};

describe('The table of what functions may touch', () => {
  it('has all that they need and nothing that they do not use', async () => {
    const guard = guardOf(permissions);
    await live(guard);
    assert.deepEqual(guard.refused(), []);
    assert.deepEqual([...guard.used()].sort(), [...entriesOf(permissions)].sort());
  });

  it('does not allow any function to replace write-once objects', () => {
    const replaced = allFunctions.flatMap((name) =>
      Object.entries(permissions[name].objects)
        .filter(([, verbs]) => verbs.includes('replace'))
        .map(([prefix]) => `${name} ${prefix}`),
    );
    assert.deepEqual(replaced, [
      'ingest market-data/',
      'promote current/',
      'reconcile current/',
      'shadow shadow/',
      'shadow scratch/',
    ]);
  });

  it('names the topics of the topology: one word onwards, and the dead letters', () => {
    assert.deepEqual(
      allFunctions.map((name) => permissions[name].publishes.join(' ')),
      [
        'market-data-ingested ingest-dead-letter',
        'pool-ranked rank-dead-letter',
        'release-materialised materialise-dead-letter',
        'release-promoted promote-dead-letter',
        'live-pool-published sync-firestore-dead-letter',
        'release-promoted reconcile-dead-letter',
        'shadow-dead-letter',
      ],
    );
  });

  it('is guarded as Cloud Storage, Firestore and Pub/Sub would', async () => {
    const guard = guardOf(permissions);
    const { environment } = memoryWorld();
    const { objects, documents, publisher } = guard.portsFor('rank', environment);
    const bytes = new Uint8Array([1]);
    const path = { collection: 'live_pool_ledger', document: '1' };
    const once = { ifGenerationMatch: 0, contentType: 'text/plain' };
    for (const task of [
      objects.write('releases/a', bytes, once),
      objects.write('evidence/a', bytes, { ...once, ifGenerationMatch: 7 }),
      objects.read('evidence/absent'),
      objects.read('current/live_pool.json'),
      objects.list('events/'),
      documents.get(path),
      documents.create(path, {}),
      publisher.publish('live-pool-published', bytes, {}),
    ])
      assert.ok(E.isLeft(await task()));
    assert.deepEqual(guard.refused(), [
      'rank has documents to read',
      'rank has documents to write',
      'rank may create releases/',
      'rank may list events/',
      'rank may list evidence/',
      'rank may read current/',
      'rank may replace evidence/',
      'rank publishes live-pool-published',
    ]);
  });
});
