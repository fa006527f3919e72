import assert from 'node:assert/strict';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { transient, unavailable } from '../../../shared/codec/failure.js';
import { renewing } from '../../../shared/gcp/renewing.js';
import { DeadlineExceeded } from '../../../shared/with-timeout.js';
import { getOrThrow } from '../../support/get-or-throw.js';

const late = unavailable('read')(new DeadlineExceeded(1));
const lateByGrpc = unavailable('read')(Object.assign(new Error('late'), { code: 4 }));

/** Clients that are numbers, and which of them have been closed. */
const numbered = (close: () => Promise<void> = async () => undefined) => {
  let opened = 0;
  const closed: number[] = [];
  const clients = renewing<number>(() => {
    opened += 1;
    const port = opened;
    return {
      port,
      close: () => {
        closed.push(port);
        return close();
      },
    };
  });
  return { clients, closed, opened: () => opened };
};

/** A call that goes on until it is told how it ends. */
const pending = () => {
  let end: (result: E.Either<typeof late, number>) => void = () => undefined;
  const ended = new Promise<E.Either<typeof late, number>>((resolve) => {
    end = resolve;
  });
  return { call: () => () => ended, end };
};

describe('A client that is renewed', () => {
  for (const [kind, failure] of Object.entries({ 'our own': late, "gRPC's": lateByGrpc }))
    it(`is replaced after ${kind} deadline was exceeded, and closed`, async () => {
      const { clients, closed } = numbered();
      assert.deepEqual(await clients.use(() => TE.left(failure))(), E.left(failure));
      assert.deepEqual(closed, [1]);
      assert.equal(getOrThrow(await clients.use((client) => TE.right(client))()), 2);
    });

  it('stays after every other outcome', async () => {
    const { clients, closed, opened } = numbered();
    const gone = Object.assign(new Error('gone'), { code: 14 });
    for (const failure of [unavailable('read')(gone), transient('conflict', 'It exists.')])
      await clients.use(() => TE.left(failure))();
    assert.equal(getOrThrow(await clients.use((client) => TE.right(client))()), 1);
    assert.deepEqual([closed, opened()], [[], 1]);
  });

  it('is closed only after the last of the calls that began on it', async () => {
    const { clients, closed } = numbered();
    const slow = pending();
    const running = clients.use(slow.call)();
    await clients.use(() => TE.left(late))();
    assert.equal(getOrThrow(await clients.use((client) => TE.right(client))()), 2);
    assert.deepEqual(closed, []);
    slow.end(E.right(7));
    assert.equal(getOrThrow(await running), 7);
    assert.deepEqual(closed, [1]);
  });

  it('is replaced once, however many of its calls exceed their deadline', async () => {
    const { clients, closed, opened } = numbered();
    const slow = [pending(), pending(), pending()];
    const running = slow.map(({ call }) => clients.use(call)());
    for (const { end } of slow) end(E.left(late));
    await Promise.all(running);
    assert.deepEqual([closed, opened()], [[1], 2]);
  });

  it('does not fail a call because its predecessor cannot be closed', async () => {
    const { clients } = numbered(() => Promise.reject(new Error('dead')));
    await clients.use(() => TE.left(late))();
    assert.equal(getOrThrow(await clients.use((client) => TE.right(client))()), 2);
  });

  it('counts a call that throws as ended', async () => {
    const { clients, closed } = numbered();
    const broken = clients.use(() => () => Promise.reject(new Error('a bug')));
    await assert.rejects(broken, /a bug/);
    await clients.use(() => TE.left(late))();
    assert.deepEqual(closed, [1]);
  });

  it('is closed on request', async () => {
    const { clients, closed } = numbered();
    await clients.close();
    assert.deepEqual(closed, [1]);
  });
});
