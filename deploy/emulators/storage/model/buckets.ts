import {
  type Conditions,
  requireConditions,
  requireReadConditions,
  type Versioned,
} from './conditions.js';
import type { Stamp } from './generations.js';
import type { StoredObject } from './object.js';
import { conflict, invalid, notFound } from './storage-error.js';

export interface Bucket extends Versioned {
  readonly name: string;
  readonly location: string;
  readonly timeCreated: Date;
  readonly objects: Map<string, StoredObject>;
}

export interface Buckets {
  readonly create: (name: string, location?: string) => Bucket;
  readonly get: (name: string, conditions?: Conditions) => Bucket;
  readonly names: () => readonly string[];
  readonly remove: (name: string, conditions: Conditions) => void;
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

export const buckets = (stamp: () => Stamp): Buckets => {
  const present = new Map<string, Bucket>();
  const find = (name: string): Bucket => {
    const bucket = present.get(name);
    if (bucket === undefined) throw notFound(`The specified bucket does not exist: ${name}.`);
    return bucket;
  };
  return {
    create: (name, location = 'US') => {
      if (!BUCKET_NAME.test(name)) throw invalid(`Invalid bucket name: "${name}".`);
      if (present.has(name)) throw conflict(`The bucket ${name} already exists.`);
      const { generation, time } = stamp();
      const bucket: Bucket = {
        name,
        location,
        generation,
        metageneration: 1,
        timeCreated: time,
        objects: new Map(),
      };
      present.set(name, bucket);
      return bucket;
    },
    get: (name, conditions = {}) => {
      const bucket = find(name);
      requireReadConditions(conditions, bucket);
      return bucket;
    },
    names: () => [...present.keys()],
    remove: (name, conditions) => {
      const bucket = find(name);
      requireConditions(conditions, bucket);
      if (bucket.objects.size > 0)
        throw conflict(`The bucket you tried to delete is not empty: ${name}.`);
      present.delete(name);
    },
  };
};
