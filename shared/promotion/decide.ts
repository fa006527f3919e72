import { canonicalJson, sha256 } from '../codec/hash.js';
import type { AsOfDate, PositiveInteger, Sha256, Version } from '../codec/primitives.js';
import type { Intent } from '../messages/run-fields.js';
import type { PromotionState } from './state.js';

/** A requested change of the promotion state. */
export interface PromotionCommand {
  readonly eventId: Sha256;
  readonly intent: Intent;
  readonly version: Version;
  readonly asOfDate: AsOfDate;
  readonly expectedSeq?: PositiveInteger;
}

export type Decision =
  | { readonly kind: 'apply'; readonly seq: PositiveInteger; readonly fromVersion: Version | null }
  /** Already recorded and current: resume the copy and publish the message again. */
  | { readonly kind: 'already_done'; readonly seq: PositiveInteger }
  /** Overridden by a later promotion: no effect. */
  | { readonly kind: 'superseded'; readonly reason: string }
  /** The sender expects another state: no effect, and a failure reports it. */
  | { readonly kind: 'refused'; readonly reason: string };

/** The release is current, or becomes so: there is something to record, copy or publish. */
export type EffectiveDecision = Extract<Decision, { kind: 'apply' | 'already_done' }>;
export type IneffectiveDecision = Exclude<Decision, EffectiveDecision>;

export const isEffective = (decision: Decision): decision is EffectiveDecision =>
  decision.kind === 'apply' || decision.kind === 'already_done';

/** The ledger key. A rollback is the same event with another intent, so it has another key. */
export const ledgerKey = (message: PromotionCommand): Sha256 =>
  sha256(canonicalJson([message.eventId, message.intent, message.expectedSeq ?? null]));

/**
 * Decides the effect of a message on a state. Total and pure; implements the table in this folder's
 * README. Whether the release itself is valid is checked by the release gate, not here.
 */
export const decide = (state: PromotionState, message: PromotionCommand): Decision => {
  const { head } = state;
  const knownSeq = state.known[ledgerKey(message)];
  if (knownSeq !== undefined) {
    return head !== null && knownSeq === head.seq
      ? { kind: 'already_done', seq: head.seq }
      : {
          kind: 'superseded',
          reason: `promotion ${knownSeq} of this message has been followed by ${head?.seq}`,
        };
  }
  // Sequences are consecutive from 1, so the successor of a valid one is valid.
  const next = ((head?.seq ?? 0) + 1) as PositiveInteger;
  const apply: Decision = { kind: 'apply', seq: next, fromVersion: head?.version ?? null };
  switch (message.intent) {
    case 'publish':
      if (head?.version === message.version) return { kind: 'already_done', seq: head.seq };
      if (state.revoked.includes(message.version))
        return {
          kind: 'superseded',
          reason: `${message.version} was revoked; only a rollback or restate leads back`,
        };
      if (state.frontier !== null && message.asOfDate <= state.frontier)
        return {
          kind: 'superseded',
          reason: `${message.version} is not beyond ${state.frontier}, the newest date ever published`,
        };
      return apply;
    case 'rollback':
      if (head === null)
        return {
          kind: 'refused',
          reason: 'nothing has been promoted yet, so there is nothing to roll back',
        };
      if (message.expectedSeq !== head.seq)
        return {
          kind: 'refused',
          reason: `expected_seq is ${message.expectedSeq ?? 'missing'} but the current promotion is ${head.seq}`,
        };
      if (message.version === head.version)
        return { kind: 'refused', reason: `${message.version} is current already` };
      return apply;
    case 'restate':
      if (state.frontier !== null && message.asOfDate <= state.frontier)
        return {
          kind: 'refused',
          reason: `a restatement must be newer than ${state.frontier}, the newest date ever published`,
        };
      return apply;
  }
};

/** The state after an applied message. `hash` is the hash of its ledger entry. */
export const evolve = (
  state: PromotionState,
  message: PromotionCommand,
  seq: PositiveInteger,
  hash: Sha256,
): PromotionState => {
  const key = ledgerKey(message);
  const replaced = message.intent === 'publish' ? null : (state.head?.version ?? null);
  const revoked = new Set(state.revoked);
  if (replaced !== null) revoked.add(replaced);
  // A version that is current again is no longer revoked.
  revoked.delete(message.version);
  return {
    head: { seq, version: message.version, key, hash },
    frontier:
      message.intent === 'rollback' ||
      (state.frontier !== null && state.frontier > message.asOfDate)
        ? state.frontier
        : message.asOfDate,
    revoked: [...revoked].sort(),
    known: { ...state.known, [key]: seq },
  };
};
