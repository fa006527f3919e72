import { subscribe } from '../create-handler.js';
import { ingest } from './ingest.js';
import { readRequest } from './read-request.js';

export const ingestHandler = subscribe({ name: 'ingest', decode: readRequest, step: ingest });
