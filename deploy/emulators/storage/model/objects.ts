import type { Buckets } from './buckets.js';
import { verified } from './checksums.js';
import { type Conditions, requireConditions, requireReadConditions } from './conditions.js';
import type { Stamp } from './generations.js';
import { type At, type Content, type Place, requireName, type StoredObject } from './object.js';
import { changed, type Settings, type SettingsChange } from './settings.js';
import { invalid, notFound } from './storage-error.js';

export interface Objects {
  /** Rejects a write that fails regardless of its bytes. */
  readonly demandWritable: (place: Place, conditions: Conditions) => void;
  readonly write: (place: Place, content: Content, conditions: Conditions) => StoredObject;
  readonly read: (place: Place, at: At) => StoredObject;
  readonly patch: (place: Place, at: At, changes: SettingsChange) => StoredObject;
  readonly remove: (place: Place, at: At) => void;
  /** `settings` replaces all settings of the source; undefined keeps them. */
  readonly copy: (
    source: Place,
    at: At,
    target: Place,
    settings: Settings | undefined,
    conditions: Conditions,
  ) => StoredObject;
  /** Concatenates the bytes of sources in the target's bucket. */
  readonly compose: (
    sources: readonly { readonly name: string; readonly at: At }[],
    target: Place,
    settings: Settings,
    conditions: Conditions,
  ) => StoredObject;
}

const MAXIMUM_SOURCES = 32;

/** What every operation on objects needs. */
interface Access {
  readonly live: (place: Place, at: At) => StoredObject;
  readonly requireWritable: (place: Place, conditions: Conditions) => void;
  readonly put: (object: StoredObject) => StoredObject;
  readonly write: (
    place: Place,
    content: Content,
    conditions: Conditions,
    componentCount?: number,
  ) => StoredObject;
}

const accessTo = (buckets: Buckets, stamp: () => Stamp): Access => {
  const live = (place: Place, at: At): StoredObject => {
    const found = buckets.get(place.bucket).objects.get(place.name);
    if (found === undefined || (at.generation ?? found.generation) !== found.generation)
      throw notFound(`No such object: ${place.bucket}/${place.name}.`);
    return found;
  };

  const requireWritable = (place: Place, conditions: Conditions): void => {
    const bucket = buckets.get(place.bucket);
    requireName(place.name);
    requireConditions(conditions, bucket.objects.get(place.name));
  };

  const put = (object: StoredObject): StoredObject => {
    buckets.get(object.bucket).objects.set(object.name, object);
    return object;
  };

  // Synchronous from the check of a condition to the write: of concurrent writers one succeeds.
  const write = (
    place: Place,
    { bytes, settings, expected = {} }: Content,
    conditions: Conditions,
    componentCount?: number,
  ): StoredObject => {
    requireWritable(place, conditions);
    const { crc32c, md5Hash } = verified(bytes, expected);
    const { generation, time } = stamp();
    return put({
      ...place,
      generation,
      metageneration: 1,
      size: bytes.length,
      crc32c,
      ...(componentCount === undefined ? { md5Hash } : { componentCount }),
      settings,
      timeCreated: time,
      updated: time,
      bytes,
    });
  };

  return { live, requireWritable, put, write };
};

export const objects = (buckets: Buckets, stamp: () => Stamp): Objects => {
  const { live, requireWritable, put, write } = accessTo(buckets, stamp);
  return {
    demandWritable: requireWritable,
    write: (place, content, conditions) => write(place, content, conditions),
    read: (place, at) => {
      const object = live(place, at);
      requireReadConditions(at, object);
      return object;
    },
    patch: (place, at, changes) => {
      const object = live(place, at);
      requireConditions(at, object);
      return put({
        ...object,
        metageneration: object.metageneration + 1,
        settings: changed(object.settings, changes),
        updated: stamp().time,
      });
    },
    remove: (place, at) => {
      requireConditions(at, live(place, at));
      buckets.get(place.bucket).objects.delete(place.name);
    },
    copy: (source, at, target, settings, conditions) => {
      const object = live(source, at);
      requireConditions(at, object);
      const content = { bytes: object.bytes, settings: settings ?? object.settings };
      return write(target, content, conditions, object.componentCount);
    },
    compose: (sources, target, settings, conditions) => {
      if (sources.length === 0 || sources.length > MAXIMUM_SOURCES)
        throw invalid(`Expected 1 to ${MAXIMUM_SOURCES} source objects, got ${sources.length}.`);
      const parts = sources.map(({ name, at }) => {
        const part = live({ bucket: target.bucket, name }, at);
        requireConditions(at, part);
        return part;
      });
      const bytes = Buffer.concat(parts.map((part) => part.bytes));
      const count = parts.reduce((sum, part) => sum + (part.componentCount ?? 1), 0);
      return write(target, { bytes, settings }, conditions, count);
    },
  };
};
