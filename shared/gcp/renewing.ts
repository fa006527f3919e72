import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../codec/failure.js';
import { DeadlineExceeded } from '../with-timeout.js';

const GRPC_DEADLINE_EXCEEDED = 4;

/** A port over one client. */
export interface Opened<P> {
  readonly port: P;
  readonly close: () => Promise<void>;
}

export interface Renewing<P> {
  /** Makes a call on the current client. */
  readonly use: <A>(call: (port: P) => TaskEither<Failure, A>) => TaskEither<Failure, A>;
  /** Closes the current client. */
  readonly close: () => Promise<void>;
}

interface Client<P> extends Opened<P> {
  calls: number;
  retired: boolean;
}

const isDeadlineExceeded = ({ cause }: Failure): boolean =>
  cause instanceof DeadlineExceeded ||
  (cause instanceof Error && 'code' in cause && cause.code === GRPC_DEADLINE_EXCEEDED);

/**
 * Replaces a client as soon as a call on it exceeds its deadline. A connection that answers pings
 * but no calls, which keepalive cannot detect, is thus abandoned before the message is redelivered.
 * Calls in progress finish on the old client, which is closed after the last of them without
 * blocking a call.
 */
export const renewing = <P>(open: () => Opened<P>): Renewing<P> => {
  const opened = (): Client<P> => ({ ...open(), calls: 0, retired: false });
  let present = opened();

  const retire = (client: Client<P>): void => {
    if (client.retired) return;
    client.retired = true;
    present = opened();
  };
  const ended = (client: Client<P>): void => {
    client.calls -= 1;
    // A dead client may fail to close; nothing uses it any more.
    if (client.retired && client.calls === 0) client.close().catch(() => undefined);
  };

  return {
    use: (call) => async () => {
      const client = present;
      client.calls += 1;
      try {
        const result = await call(client.port)();
        if (E.isLeft(result) && isDeadlineExceeded(result.left)) retire(client);
        return result;
      } finally {
        ended(client);
      }
    },
    close: () => present.close(),
  };
};
