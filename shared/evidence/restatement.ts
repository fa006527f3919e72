import * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';
import { Sha256, Version } from '../codec/primitives.js';
import { perArtifact } from '../contract/constants.js';

/** `evidence/<version>/restatement.json`: the release whose membership was published again. */
export const Restatement = exactObject('Restatement', {
  schema_version: t.literal(1),
  restated_from: Version,
  reason: t.string,
  actor: t.string,
  /** The checksums of the original's artifacts. */
  original_sha256: exactObject(
    'Checksums',
    perArtifact(() => Sha256),
  ),
});
export type Restatement = t.TypeOf<typeof Restatement>;
