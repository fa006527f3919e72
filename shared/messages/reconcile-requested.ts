import type * as t from 'io-ts';
import { exactly } from '../codec/exact-object.js';

/** The bare body that Cloud Scheduler or an operator sends: `{}`. */
export const ReconcileRequested = exactly('reconcile-requested', {});
export type ReconcileRequested = t.TypeOf<typeof ReconcileRequested>;
