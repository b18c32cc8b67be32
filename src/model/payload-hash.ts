import { createHash } from 'node:crypto';
import { sha256, type Sha256 } from './digest.js';
import { canonicalJson, type Json } from './json.js';

/** The SHA-256 of an inline payload: of the UTF-8 of a string, of the canonical JSON (RFC 8785) of anything else. */
export function payloadHash(payload: Json): Sha256 {
  const text = typeof payload === 'string' ? payload : canonicalJson(payload);
  return sha256.parse(createHash('sha256').update(text).digest('hex'));
}
