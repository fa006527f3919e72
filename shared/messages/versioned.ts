import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';

type Payload = Readonly<Record<string, unknown>>;

/**
 * Turns a payload of one schema version into one of the next. The rest of the envelope stays, so
 * that a message keeps its id, by which every step recognises what it has done.
 */
export type Upcast = (payload: Payload) => Payload;

const VersionedMessage = t.type({ schema_version: t.Integer, payload: t.UnknownRecord });
type VersionedMessage = t.TypeOf<typeof VersionedMessage>;

const upcastToNewest = (message: VersionedMessage, upcasts: readonly Upcast[]): VersionedMessage =>
  upcasts.slice(message.schema_version - 1).reduce(
    ({ schema_version, payload, ...rest }, upcast) => ({
      ...rest,
      schema_version: schema_version + 1,
      payload: upcast(payload),
    }),
    message,
  );

/**
 * Reads a message of any schema version up to the newest, which is the one that `codec` describes;
 * `upcasts` lead from version 1 to 2, from 2 to 3 and so on. A newer version than that is rejected:
 * what it means is not known here.
 */
export const versioned = <A>(
  codec: t.Decoder<unknown, A> & { readonly name: string },
  ...upcasts: readonly Upcast[]
): t.Decoder<unknown, A> & { readonly name: string } => {
  const newest = upcasts.length + 1;
  const validate = (value: unknown, context: t.Context): t.Validation<A> =>
    pipe(
      VersionedMessage.validate(value, context),
      E.chain((message) => {
        const { schema_version: version } = message;
        return version >= 1 && version <= newest
          ? codec.validate(upcastToNewest(message, upcasts), context)
          : t.failure<A>(
              version,
              t.appendContext(context, 'schema_version', t.Integer, version),
              `1 to ${newest} (upgrade this code before it reads a newer one)`,
            );
      }),
    );
  return {
    name: codec.name,
    validate,
    decode: (value) => validate(value, [{ key: '', type: t.unknown, actual: value }]),
  };
};
