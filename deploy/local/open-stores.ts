import type { PipelineConfig } from '../../shared/config.js';
import { diskDocumentStore } from '../../shared/local/disk-document-store.js';
import { diskObjectStore } from '../../shared/local/disk-object-store.js';
import type { DocumentStore } from '../../shared/ports/document-store.js';
import type { ObjectStore } from '../../shared/ports/object-store.js';
import type { StateFolder } from './state-folder.js';

/** The object and document stores of a state folder; loads no module that computes a ranking. */
export const openStores = (
  state: StateFolder,
  { bucket, rootPrefix }: Pick<PipelineConfig, 'bucket' | 'rootPrefix'>,
): { readonly objects: ObjectStore; readonly documents: DocumentStore } => ({
  objects: diskObjectStore(
    state.objects(bucket, rootPrefix),
    state.objectRecords(bucket, rootPrefix),
  ),
  documents: diskDocumentStore(state.documents),
});
