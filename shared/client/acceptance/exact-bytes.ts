import { UnknownRecord } from 'io-ts';
import { isSameJson, sha256 } from '../../codec/hash.js';
import { EXACT_BYTES_CONTRACT } from '../../contract/constants.js';
import { sealedChecksum } from './identity.js';
import { parseJsonText } from './parse-json.js';
import { fieldOf, type Payload } from './payload.js';
import { type Violation, violation } from './rejection.js';

const FIELD = 'live_pool_legacy_exact_bytes';
const REPEATED = ['as_of_date', 'version', 'mode', 'pool_size', 'source_project'] as const;

const same = (one: unknown, other: unknown): boolean => isSameJson(one ?? null, other ?? null);

/** Equal to the order of their keys. */
const sameInOrder = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const handoffBroken = (handoff: Payload): Violation | undefined => {
  const contract = fieldOf(handoff, 'contract_version');
  if (contract !== EXACT_BYTES_CONTRACT)
    return violation(`contract_version ${EXACT_BYTES_CONTRACT}`, contract);
  const encoding = fieldOf(handoff, 'encoding');
  return encoding === 'utf-8' ? undefined : violation('encoding utf-8', encoding);
};

const contentBroken = (payload: Payload, legacy: Payload): Violation | undefined => {
  const symbols = fieldOf(legacy, 'symbols');
  if (!UnknownRecord.is(symbols)) return violation('symbols as a map', symbols);
  if (!sameInOrder(fieldOf(legacy, 'symbol_map'), symbols))
    return violation('symbol_map equal to symbols', fieldOf(legacy, 'symbol_map'));
  const keys = Object.keys(symbols);
  if (!sameInOrder(fieldOf(payload, 'symbols'), keys))
    return violation("the document's symbols in its order", keys.join(' '));
  if (!same(fieldOf(payload, 'symbol_map'), symbols))
    return violation("the document's symbol_map", symbols);
  const field = REPEATED.find((name) => !same(fieldOf(payload, name), fieldOf(legacy, name)));
  return field && violation(`the document's ${field}`, fieldOf(legacy, field));
};

/**
 * Checks the bytes inside the document against the checksum beside them, where there is one, and
 * against what the document says itself. A document without them breaks this rule only if they are
 * `required`.
 */
export const exactBytesViolation = (
  payload: Payload,
  { required }: { readonly required: boolean },
): Violation | undefined => {
  const handoff = fieldOf(payload, FIELD) ?? undefined;
  if (handoff === undefined) return required ? violation(FIELD, undefined) : undefined;
  if (!UnknownRecord.is(handoff)) return violation(FIELD, handoff);
  const malformed = handoffBroken(handoff);
  if (malformed !== undefined) return malformed;
  const text = fieldOf(handoff, 'utf8_text');
  if (typeof text !== 'string') return violation('utf8_text', text);
  const sealed = sealedChecksum(payload, 'live_pool_legacy') ?? undefined;
  if (sealed !== undefined && sealed !== sha256(text))
    return violation(`SHA-256 ${String(sealed)}`, `SHA-256 ${sha256(text)}`);
  const legacy = parseJsonText(text);
  return UnknownRecord.is(legacy)
    ? contentBroken(payload, legacy)
    : violation('a JSON object', 'other text');
};
