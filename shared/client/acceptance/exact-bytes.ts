import { UnknownRecord } from 'io-ts';
import { canonicalJson, sha256 } from '../../codec/hash.js';
import { EXACT_BYTES_CONTRACT } from '../../contract/constants.js';
import { sealedChecksum } from './identity.js';
import { parsedText } from './parse-json.js';
import { fieldOf, type Payload } from './payload.js';
import { type Broken, broken } from './rejection.js';

const FIELD = 'live_pool_legacy_exact_bytes';
const REPEATED = ['as_of_date', 'version', 'mode', 'pool_size', 'source_project'] as const;

const same = (one: unknown, other: unknown): boolean =>
  canonicalJson(one ?? null) === canonicalJson(other ?? null);

/** Equal to the order of their keys. */
const sameInOrder = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const handoffBroken = (handoff: Payload): Broken | undefined => {
  const contract = fieldOf(handoff, 'contract_version');
  if (contract !== EXACT_BYTES_CONTRACT)
    return broken(`contract_version ${EXACT_BYTES_CONTRACT}`, contract);
  const encoding = fieldOf(handoff, 'encoding');
  return encoding === 'utf-8' ? undefined : broken('encoding utf-8', encoding);
};

const contentBroken = (payload: Payload, legacy: Payload): Broken | undefined => {
  const symbols = fieldOf(legacy, 'symbols');
  if (!UnknownRecord.is(symbols)) return broken('symbols as a map', symbols);
  if (!sameInOrder(fieldOf(legacy, 'symbol_map'), symbols))
    return broken('symbol_map equal to symbols', fieldOf(legacy, 'symbol_map'));
  const keys = Object.keys(symbols);
  if (!sameInOrder(fieldOf(payload, 'symbols'), keys))
    return broken("the document's symbols in its order", keys.join(' '));
  if (!same(fieldOf(payload, 'symbol_map'), symbols))
    return broken("the document's symbol_map", symbols);
  const field = REPEATED.find((name) => !same(fieldOf(payload, name), fieldOf(legacy, name)));
  return field && broken(`the document's ${field}`, fieldOf(legacy, field));
};

/**
 * Checks the bytes inside the document against the checksum beside them, where there is one, and
 * against what the document says itself. A document without them breaks this rule only if they are
 * `required`.
 */
export const exactBytesBroken = (payload: Payload, required: boolean): Broken | undefined => {
  const handoff = fieldOf(payload, FIELD) ?? undefined;
  if (handoff === undefined) return required ? broken(FIELD, undefined) : undefined;
  if (!UnknownRecord.is(handoff)) return broken(FIELD, handoff);
  const malformed = handoffBroken(handoff);
  if (malformed !== undefined) return malformed;
  const text = fieldOf(handoff, 'utf8_text');
  if (typeof text !== 'string') return broken('utf8_text', text);
  const sealed = sealedChecksum(payload, 'live_pool_legacy') ?? undefined;
  if (sealed !== undefined && sealed !== sha256(text))
    return broken(`SHA-256 ${String(sealed)}`, `SHA-256 ${sha256(text)}`);
  const legacy = parsedText(text);
  return UnknownRecord.is(legacy)
    ? contentBroken(payload, legacy)
    : broken('a JSON object', 'other text');
};
