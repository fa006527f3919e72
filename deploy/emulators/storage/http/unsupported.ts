import type { IncomingHttpHeaders } from 'node:http';
import { notImplemented } from '../model/storage-error.js';

// Features that would change the result in the real service. Other unknown parameters are ignored,
// as in the service: the client library sends some of its own options as query parameters.
const parameters = [
  'destinationKmsKeyName',
  'destinationPredefinedAcl',
  'enableObjectRetention',
  'filter',
  'includeFoldersAsPrefixes',
  'includeTrailingDelimiter',
  'kmsKeyName',
  'matchGlob',
  'maxBytesRewrittenPerCall',
  'predefinedAcl',
  'predefinedDefaultObjectAcl',
  'rewriteToken',
  'softDeleted',
  'versions',
];
const headers = [
  'if-match',
  'if-none-match',
  'x-goog-copy-source-encryption-algorithm',
  'x-goog-encryption-algorithm',
];
const objectFields = [
  'acl',
  'contexts',
  'customTime',
  'eventBasedHold',
  'kmsKeyName',
  'retention',
  'temporaryHold',
];

export const rejectUnsupported = (query: URLSearchParams, sent: IncomingHttpHeaders): void => {
  for (const name of parameters) {
    const value = query.get(name);
    if (value !== null && value !== 'false') throw notImplemented(`The parameter ${name}`);
  }
  for (const name of headers)
    if (sent[name] !== undefined) throw notImplemented(`The header ${name}`);
};

export const rejectUnsupportedFields = (object: Readonly<Record<string, unknown>>): void => {
  for (const field of objectFields)
    if ((object[field] ?? null) !== null) throw notImplemented(`An object's ${field}`);
  const storageClass = object.storageClass ?? 'STANDARD';
  if (storageClass !== 'STANDARD') throw notImplemented(`The storage class ${storageClass}`);
};
