import type * as t from 'io-ts';
import { exactObject } from '../codec/exact-object.js';

/** The bare body that Cloud Scheduler or an operator sends: `{}`. */
export const ReconcileRequested = exactObject('reconcile-requested', {});
export type ReconcileRequested = t.TypeOf<typeof ReconcileRequested>;
