import { createHandler } from '../create-handler.js';
import { ingest } from './ingest.js';
import { readRequest } from './read-request.js';

export const ingestHandler = createHandler({ name: 'ingest', decode: readRequest, step: ingest });
