import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type * as t from 'io-ts';
import { decode } from '../codec/decode.js';
import { type Failure, permanent } from '../codec/failure.js';
import { type AsOfDate, type Mode, type Version, versionOf } from '../codec/primitives.js';

interface Versioned {
  readonly payload: {
    readonly mode: Mode;
    readonly as_of_date: AsOfDate;
    readonly version: Version;
  };
}

/**
 * Decodes a message of the flow and rejects one whose version does not match its date and mode,
 * because the version names the release and the date is recorded in the ledger.
 */
export const decodeMessage =
  <M extends Versioned>(codec: t.Decoder<unknown, M> & { readonly name: string }) =>
  (data: unknown): E.Either<Failure, M> =>
    pipe(
      decode(codec)(data),
      E.chain((message) => {
        const { as_of_date, mode, version } = message.payload;
        const expected = versionOf(as_of_date, mode);
        return version === expected
          ? E.right(message)
          : E.left(
              permanent(
                'malformed-input',
                `${codec.name}: payload.version: expected ${expected}, got ${version}`,
              ),
            );
      }),
    );
