import { join } from 'node:path';
import { gcsObjectStore } from '../../shared/gcp/object-store.js';
import { diskObjectStore } from '../../shared/local/disk-object-store.js';
import { memoryObjectStore } from '../../shared/local/memory-object-store.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { openBucket } from '../support/storage-bucket.js';
import { describeObjectStore } from './object-store.js';

describeObjectStore('in memory', async () => ({
  store: memoryObjectStore(),
  cleanup: async () => undefined,
}));

describeObjectStore('on disk', async () => {
  const { path, remove, foldsCase } = await newFolder();
  return {
    store: diskObjectStore(join(path, 'objects'), join(path, 'records')),
    cleanup: remove,
    foldsCase,
  };
});

describeObjectStore('on Cloud Storage', async () => {
  const { bucket, close } = await openBucket();
  return { store: gcsObjectStore(bucket, 'root/prefix'), cleanup: close };
});
