import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { makeHandlers } from '../../functions/handlers.js';
import { textOfUtf8 } from '../../shared/codec/bytes.js';
import { decodeJson } from '../../shared/codec/decode.js';
import { FailureError } from '../../shared/codec/failure.js';
import type { MarketDataSource } from '../../shared/market-data/market-data-source.js';
import { RunRequest } from '../../shared/messages/monthly-run-requested.js';
import type { LogEntry } from '../../shared/ports/log.js';
import { BENCHMARK } from '../../shared/ranking/parameters.js';
import {
  deadLetterTopic,
  type FunctionName,
  monthlyFunctions,
  topicOf,
  topology,
} from '../../shared/topology.js';
import { DEMO_REQUEST, faultFreeMonth, json } from '../support/fault-free-month.js';
import { type Incoming, memoryWorld, type Published, type World } from '../support/memory-world.js';
import { seededRandom } from '../support/synthetic-bars.js';
import { bytesAt, contentsOf } from '../support/world-contents.js';
import { draftOn } from './draft-stores.js';
import { type Fuzzed, fuzzer } from './fuzzed-event.js';

const SEED = Number(process.env.FUZZ_SEED ?? 20_251_231);
const MESSAGES = Number(process.env.FUZZ_MESSAGES ?? 10_000);

/** All but shadow, which reads the same messages as rank and takes seconds for each. */
type FuzzedFunction = Exclude<FunctionName, 'shadow'>;
const HANDLERS: readonly FuzzedFunction[] = [...monthlyFunctions, 'reconcile'];

/** Runs a function on one event, on stores that discard its writes. */
interface Reaction {
  readonly thrown?: unknown;
  readonly log: readonly LogEntry[];
  readonly published: readonly Omit<Published, 'archived'>[];
  readonly changes: readonly string[];
}

const react = async (name: FuzzedFunction, world: World, event: unknown): Promise<Reaction> => {
  const { stores, changes } = draftOn(world.environment);
  const log: LogEntry[] = [];
  const published: Omit<Published, 'archived'>[] = [];
  const handlers = makeHandlers(async () => ({
    ...world.environment,
    ...stores,
    log: (entry) => void log.push(entry),
    publisher: {
      publish: (topic, data, attributes) =>
        TE.fromIO(() => {
          published.push({ topic, data, attributes });
          return 'sent';
        }),
    },
  }));
  try {
    await handlers[name](event);
    return { log, published, changes };
  } catch (thrown) {
    return { thrown, log, published, changes };
  }
};

/** A valid message to a function that has already run, and its result. */
interface Sound {
  readonly incoming: Incoming;
  readonly decoded: unknown;
  readonly reaction: Reaction;
}

const ENVELOPE = /"(schema_version|event_type|event_id|payload)"/;

/** Decodes data as the function does; ingest takes data without envelope as a bare request. */
const decoded = (name: FuzzedFunction, data: Uint8Array): E.Either<unknown, unknown> => {
  const text = textOfUtf8(data) ?? '';
  return name === 'ingest' && !ENVELOPE.test(text)
    ? decodeJson(RunRequest)(text)
    : decodeJson<unknown>(topology[topicOf(name)].codec)(text);
};

const eventOf = ({ data, attributes = {} }: Incoming): unknown => ({
  data: {
    message: {
      data: Buffer.from(data).toString('base64'),
      attributes,
      messageId: 'a message',
      publishTime: '2026-03-14T00:15:30.250Z',
    },
  },
});

const soundMessages = async (name: FuzzedFunction, world: World): Promise<readonly Sound[]> => {
  const { stages } = await faultFreeMonth();
  const sound = async (incoming: Incoming): Promise<Sound> => {
    const reaction = await react(name, world, eventOf(incoming));
    assert.equal(reaction.log.at(-1)?.outcome, 'already_done', name);
    assert.equal(reaction.published.length, name === 'reconcile' ? 0 : 1);
    assert.deepEqual(reaction.changes, []);
    const result = decoded(name, incoming.data);
    assert.ok(E.isRight(result));
    return { incoming, decoded: result.right, reaction };
  };
  if (name === 'reconcile') return [await sound({ data: json({}) })];
  if (name !== 'ingest') return [await sound(stages[name].incoming)];
  const keys = Object.keys((await contentsOf(world)).objects);
  const archived = keys.find((key) => key.startsWith('events/monthly-run-requested/')) ?? '';
  return [
    await sound({ data: await bytesAt(world, archived) }),
    await sound({ data: json({ ...DEMO_REQUEST, dry_run: false }) }),
  ];
};

/** The benchmark only: sealing the whole demo market a thousand times would dominate the test. */
const ofBenchmark = (source: MarketDataSource): MarketDataSource => ({
  ...source,
  metadata: () =>
    pipe(
      source.metadata(),
      TE.map((metadata) => metadata.filter(({ symbol }) => symbol === BENCHMARK)),
    ),
});

/** Stores on which the function has already run. */
const worldAfter = async (name: FuzzedFunction): Promise<World> => {
  if (name === 'reconcile') return (await faultFreeMonth()).world;
  if (name !== 'ingest') return (await faultFreeMonth()).afterOf(name);
  const world = memoryWorld({ source: ofBenchmark(memoryWorld().environment.source) });
  await world.deliver('ingest', { data: json(DEMO_REQUEST) });
  return world;
};

type Verdict = 'not acknowledged' | 'dead letter' | 'harmless' | 'another message';

/** Allows objects of another run, but no change to `current/`, the ledger or the document. */
const OF_ANOTHER_RUN =
  /^new (object (events|evidence|snapshots|scratch)\/|document live_pool_runs\/)/;

const judge = (name: FuzzedFunction, sound: Sound, fuzzed: Fuzzed, reaction: Reaction): Verdict => {
  const { thrown, log, published, changes } = reaction;
  assert.equal(log.length, 1, 'one log line per delivery');
  const outcome = log[0]?.outcome;
  if (thrown !== undefined) {
    assert.equal(fuzzed.data, undefined, `throws only for an event of unknown shape: ${thrown}`);
    assert.ok(thrown instanceof FailureError, `expected a FailureError, got: ${thrown}`);
    assert.equal(thrown.failure.code, 'malformed-input');
    assert.equal(outcome, 'will_be_delivered_again');
    assert.deepEqual([published, changes], [[], []]);
    return 'not acknowledged';
  }
  if (outcome === 'dead_letter') {
    assert.deepEqual(changes, [], 'a dead letter changes no store');
    assert.equal(published.length, 1);
    assert.equal(published[0]?.topic, deadLetterTopic(name));
    if (fuzzed.data !== undefined)
      assert.ok(
        Buffer.compare(published[0].data, fuzzed.data) === 0,
        'the dead letter holds the original data',
      );
    return 'dead letter';
  }
  const understood =
    fuzzed.data === undefined ? E.right(sound.decoded) : decoded(name, fuzzed.data);
  assert.ok(
    E.isRight(understood),
    `expected no outcome for data that is no message, got: ${outcome}`,
  );
  if (changes.length === 0 && isDeepStrictEqual(published, sound.reaction.published))
    return 'harmless';
  assert.notDeepEqual(
    understood.right,
    sound.decoded,
    'the same message must give the same result',
  );
  for (const change of changes) assert.match(change, OF_ANOTHER_RUN);
  return 'another message';
};

const prototypes = (): unknown =>
  [Object, Array, String, Number, Boolean, Function].map(({ prototype }) =>
    Reflect.ownKeys(prototype),
  );

describe('Damaged events', () => {
  before(faultFreeMonth);

  for (const [index, name] of HANDLERS.entries())
    it(`to ${name} are not acknowledged, are dead-lettered, or change nothing`, async function () {
      this.timeout(600_000 * Math.max(1, MESSAGES / 10_000));
      const before = prototypes();
      const world = await worldAfter(name);
      const sounds = await soundMessages(name, world);
      const stored = await contentsOf(world);
      const random = seededRandom(SEED + index);
      const fuzz = fuzzer(random);
      const counts: Record<Verdict, number> = {
        'not acknowledged': 0,
        'dead letter': 0,
        harmless: 0,
        'another message': 0,
      };
      for (let n = 0; n < MESSAGES; n += 1) {
        const sound = sounds[n % sounds.length];
        assert.ok(sound);
        const fuzzed = fuzz(sound.incoming);
        const reaction = await react(name, world, fuzzed.event);
        try {
          counts[judge(name, sound, fuzzed, reaction)] += 1;
        } catch (cause) {
          throw new Error(
            `message ${n} to ${name}, ${fuzzed.how}; again with FUZZ_SEED=${SEED} npx mocha test/simulation/fuzz.test.ts`,
            { cause },
          );
        }
      }
      console.log(
        `      ${name} (seed ${SEED}): ${MESSAGES} messages, ${counts['not acknowledged']} not acknowledged, ${counts['dead letter']} dead letters, ${counts.harmless} harmless, ${counts['another message']} valid messages of another run`,
      );
      assert.deepEqual(await contentsOf(world), stored);
      assert.deepEqual(prototypes(), before);
      assert.ok(counts['dead letter'] > MESSAGES / 2 && counts.harmless > MESSAGES / 200);
      assert.ok(counts['not acknowledged'] > MESSAGES / 50);
    });
});
