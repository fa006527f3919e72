import type { Environment } from '../../functions/environment.js';
import { sha256 } from '../../shared/codec/hash.js';
import type { DocumentData, DocumentPath } from '../../shared/ports/document-store.js';
import { getOrThrow } from './get-or-throw.js';
import { memoryWorld, type World } from './memory-world.js';

/** Everything that is stored: what may not change compares equal. */
export interface Contents {
  readonly objects: Readonly<
    Record<string, { readonly generation: number; readonly sha256: string }>
  >;
  readonly documents: Readonly<Record<string, DocumentData>>;
}

const COLLECTIONS = [
  'live_pool_control',
  'live_pool_ledger',
  'live_pool_runs',
  'live_pool_snapshots',
  'strategy',
];

const documentsOf = async ({ documents }: Environment) => {
  const found: { readonly path: DocumentPath; readonly data: DocumentData }[] = [];
  for (const collection of COLLECTIONS)
    for (const { document, data } of getOrThrow(await documents.list(collection)()))
      found.push({ path: { collection, document }, data });
  return found;
};

export const bytesAt = async ({ environment }: World, key: string): Promise<Uint8Array> => {
  const found = getOrThrow(await environment.objects.read(key)());
  if (found._tag === 'None') throw new Error(`nothing lies under ${key}`);
  return found.value.bytes;
};

export const documentAt = async (
  { environment }: World,
  path: DocumentPath,
): Promise<DocumentData | undefined> => {
  const found = getOrThrow(await environment.documents.get(path)());
  return found._tag === 'None' ? undefined : found.value;
};

export const contentsOf = async (world: World): Promise<Contents> => {
  const objects: Record<string, Contents['objects'][string]> = {};
  for (const { key, generation } of getOrThrow(await world.environment.objects.list('')()))
    objects[key] = { generation, sha256: sha256(await bytesAt(world, key)) };
  const documents: Record<string, DocumentData> = {};
  for (const { path, data } of await documentsOf(world.environment))
    documents[`${path.collection}/${path.document}`] = data;
  return { objects, documents };
};

/** Another world that holds the same objects and documents. */
export const copyOf = async (world: World, own: Partial<Environment> = {}): Promise<World> => {
  const { objects, documents } = world.environment;
  const copy = memoryWorld({ config: world.environment.config, ...own });
  for (const { key, metadata } of getOrThrow(await objects.list('')())) {
    const options = { ifGenerationMatch: 0, contentType: 'text/plain', metadata };
    getOrThrow(await copy.environment.objects.write(key, await bytesAt(world, key), options)());
  }
  for (const { path, data } of await documentsOf({ ...world.environment, documents }))
    getOrThrow(await copy.environment.documents.create(path, data)());
  return copy;
};
