import { decode } from '../../shared/codec/decode.js';
import { ReconcileRequested } from '../../shared/messages/reconcile-requested.js';
import { createHandler } from '../create-handler.js';
import { reconcile } from './reconcile.js';

export const reconcileHandler = createHandler({
  name: 'reconcile',
  decode: decode(ReconcileRequested),
  step: reconcile,
});
