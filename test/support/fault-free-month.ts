import { type MonthlyFunction, monthlyFunctions } from '../../shared/topology.js';
import { type Answer, type Incoming, memoryWorld, type World } from './memory-world.js';
import { copyOf } from './world-contents.js';

/** What one function was told, what lay in the stores then, and what it did. */
export interface Stage {
  readonly name: MonthlyFunction;
  readonly incoming: Incoming;
  readonly before: World;
  readonly answer: Answer;
}

export interface Month {
  readonly world: World;
  readonly stages: Readonly<Record<MonthlyFunction, Stage>>;
  /** What lay in the stores when the function had ended. */
  readonly afterOf: (name: MonthlyFunction) => World;
}

export const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export const DEMO_REQUEST = { as_of_date: '2026-03-13' };

/** Hands a request to ingest and each function's message to the next one, as far as they go. */
export const runMonth = async (world: World, request: object): Promise<readonly Stage[]> => {
  const stages: Stage[] = [];
  let incoming: Incoming | undefined = { data: json(request) };
  for (const name of monthlyFunctions) {
    if (incoming === undefined) break;
    const before = await copyOf(world);
    const answer: Answer = await world.deliver(name, incoming);
    stages.push({ name, incoming, before, answer });
    incoming = answer.published[0];
  }
  return stages;
};

const run = async (): Promise<Month> => {
  const world = memoryWorld();
  const stages = await runMonth(world, DEMO_REQUEST);
  const stage = (name: MonthlyFunction): Stage => {
    const found = stages.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the calm month never came to ${name}`);
    return found;
  };
  return {
    world,
    afterOf: (name) => stages[monthlyFunctions.indexOf(name) + 1]?.before ?? world,
    stages: {
      ingest: stage('ingest'),
      rank: stage('rank'),
      materialise: stage('materialise'),
      promote: stage('promote'),
      'sync-firestore': stage('sync-firestore'),
    },
  };
};

let calm: Promise<Month> | undefined;

/**
 * The demo month without any fault, run once for all tests. A test that wants to change something
 * takes a copy of its world.
 */
export const faultFreeMonth = (): Promise<Month> => {
  calm ??= run();
  return calm;
};
