import { callRest } from './call-rest.js';

/** Creates a bucket in the Cloud Storage stand-in. Fails if the bucket exists. */
export const createBucket = (storageHost: string, projectId: string, name: string): Promise<void> =>
  callRest('POST', `http://${storageHost}/storage/v1/b?project=${projectId}`, { name });
