import { diskDocumentStore } from '../../shared/local/disk-document-store.js';
import { memoryDocumentStore } from '../../shared/local/memory-document-store.js';
import { newFolder } from '../shared/local/temporary-folder.js';
import { describeDocumentStore } from './document-store.js';

describeDocumentStore('in memory', async () => ({
  store: memoryDocumentStore(),
  cleanup: async () => undefined,
}));

describeDocumentStore('on disk', async () => {
  const { path, remove, foldsCase } = await newFolder();
  return { store: diskDocumentStore(path), cleanup: remove, foldsCase };
});
