import { IntegrityError } from '../errors.js';
import { digestOf, type Sha256 } from './digest.js';
import { canonicalJson, type Json } from './json.js';

/** The SHA-256 of an inline payload: of the UTF-8 of a string, of the canonical JSON (RFC 8785) of anything else. */
export function payloadHash(payload: Json): Sha256 {
  const text = typeof payload === 'string' ? payload : canonicalJson(payload);
  return digestOf(text);
}

/**
 * Facts of an artifact without bytes, under the hash of its payload where it has one.
 * @throws IntegrityError when they state another hash
 */
export function withPayloadHash<
  F extends { payload?: Json | undefined; contentHash?: Sha256 | null | undefined },
>(facts: F): F {
  if (facts.payload === undefined || facts.payload === null) return facts;
  const contentHash = payloadHash(facts.payload);
  const stated = facts.contentHash ?? contentHash;
  if (stated !== contentHash)
    throw new IntegrityError('the payload does not have the stated SHA-256', stated, contentHash);
  return { ...facts, contentHash };
}
