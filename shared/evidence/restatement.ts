import * as t from 'io-ts';
import { Version } from '../codec/primitives.js';

/**
 * What a reader needs of `evidence/<version>/restatement.json`: the release whose membership was
 * published again. The file also has the reason, the operator and the original checksums.
 */
export const RestatedFrom = t.type({ restated_from: Version }, 'Restatement');
