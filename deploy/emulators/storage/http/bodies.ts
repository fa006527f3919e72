import * as E from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { decodeJson } from '../../../../shared/codec/decode.js';
import type { Expected } from '../model/checksums.js';
import { type SettingsChange, textSettings } from '../model/settings.js';
import { invalid, notImplemented } from '../model/storage-error.js';
import { rejectUnsupportedFields } from './unsupported.js';

const Text = t.union([t.string, t.null]);

const ObjectBody = t.partial(
  {
    name: t.string,
    md5Hash: t.string,
    crc32c: t.string,
    contentType: Text,
    contentEncoding: Text,
    contentDisposition: Text,
    contentLanguage: Text,
    cacheControl: Text,
    metadata: t.union([t.record(t.string, Text), t.null]),
  },
  'object',
);
type ObjectBody = t.TypeOf<typeof ObjectBody>;

const Int64 = t.union([t.string, t.number], 'integer');

const ComposeBody = t.intersection(
  [
    t.type({
      sourceObjects: t.array(
        t.intersection([
          t.type({ name: t.string }),
          t.partial({
            generation: Int64,
            objectPreconditions: t.partial({ ifGenerationMatch: Int64 }),
          }),
        ]),
      ),
    }),
    t.partial({ destination: ObjectBody }),
  ],
  'compose request',
);

const BucketBody = t.intersection(
  [
    t.type({ name: t.string }),
    t.partial({
      location: t.string,
      storageClass: t.string,
      versioning: t.partial({ enabled: t.boolean }),
    }),
  ],
  'bucket',
);
const bucketFields = ['name', 'location', 'storageClass', 'versioning'];

const decoded = <A>(codec: t.Decoder<unknown, A> & { readonly name: string }, body: Buffer): A => {
  const result = decodeJson(codec)(body.length === 0 ? '{}' : body.toString('utf8'));
  if (E.isLeft(result)) throw invalid(result.left.message);
  return result.right;
};

/** The body of a write, patch or copy: an object's settings and the expected checksums. */
export const objectBody = (body: Buffer): ObjectBody => {
  const object = decoded(ObjectBody, body);
  rejectUnsupportedFields(object);
  return object;
};

export const composeBody = (body: Buffer): t.TypeOf<typeof ComposeBody> => {
  const request = decoded(ComposeBody, body);
  rejectUnsupportedFields(request.destination ?? {});
  return request;
};

export const bucketBody = (body: Buffer): t.TypeOf<typeof BucketBody> => {
  const bucket = decoded(BucketBody, body);
  const strange = Object.keys(bucket).find((field) => !bucketFields.includes(field));
  if (strange !== undefined) throw notImplemented(`A bucket's ${strange}`);
  if (bucket.versioning?.enabled) throw notImplemented('Versioning of objects');
  rejectUnsupportedFields({ storageClass: bucket.storageClass });
  return bucket;
};

/** Whether a body contains settings; the body of a copy replaces all of them. */
export const changesOf = (object: ObjectBody): SettingsChange | undefined => {
  const named = [...textSettings, 'metadata' as const].filter((name) => object[name] !== undefined);
  return named.length === 0
    ? undefined
    : Object.fromEntries(named.map((name) => [name, object[name]]));
};

export const expectedOf = ({ md5Hash, crc32c }: ObjectBody): Expected => ({ md5Hash, crc32c });
