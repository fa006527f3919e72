import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../shared/codec/failure.js';
import { getOrThrow } from '../support/get-or-throw.js';

/** A new, empty store of some adapter, and how to be rid of it. */
export interface Opened<S> {
  readonly store: S;
  readonly cleanup: () => Promise<void>;
  /** This store cannot tell keys apart that differ in upper and lower case only. */
  readonly foldsCase?: boolean;
}

/** Opens a store before each test of the suite and removes it afterwards. */
export const openedForEach = <S>(make: () => Promise<Opened<S>>): (() => Opened<S>) => {
  let opened: Opened<S> | undefined;
  const current = (): Opened<S> => {
    if (opened === undefined) throw new Error('No store is open outside of a test.');
    return opened;
  };
  beforeEach(async () => {
    opened = await make();
  });
  afterEach(async () => {
    await opened?.cleanup();
    opened = undefined;
  });
  return current;
};

/** Runs a task; throws its failure. */
export const done = async <A>(task: TaskEither<Failure, A>): Promise<A> => getOrThrow(await task());
