import { decode } from '../../shared/codec/decode.js';
import { ReconcileRequested } from '../../shared/messages/reconcile-requested.js';
import { subscribe } from '../create-handler.js';
import { reconcile } from './reconcile.js';

export const reconcileHandler = subscribe({
  name: 'reconcile',
  decode: decode(ReconcileRequested),
  step: reconcile,
});
