import { decode } from '../../shared/contract/decode.js';
import { ReconcileRequested } from '../../shared/messages/reconcile-requested.js';
import { subscribe } from '../subscriber.js';
import { reconcile } from './reconcile.js';

export const reconcileHandler = subscribe({
  name: 'reconcile',
  decode: decode(ReconcileRequested),
  step: reconcile,
});
