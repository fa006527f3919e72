import type { ControlAttributes } from '../../shared/messages/control-attributes.js';
import type { ReleaseMaterialised } from '../../shared/messages/release-materialised.js';
import type { PromotionCommand } from '../../shared/promotion/decide.js';

/** A decoded message, what its attributes command, and what both ask of the ledger. */
export interface PromotionRequest {
  readonly message: ReleaseMaterialised;
  readonly control: ControlAttributes;
  readonly command: PromotionCommand;
}

export const promotionRequest = (
  message: ReleaseMaterialised,
  control: ControlAttributes,
): PromotionRequest => ({
  message,
  control,
  command: {
    eventId: message.event_id,
    version: message.payload.version,
    asOfDate: message.payload.as_of_date,
    intent: control.intent,
    ...(control.expectedSeq === undefined ? {} : { expectedSeq: control.expectedSeq }),
  },
});
