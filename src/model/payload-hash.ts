import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './json.js';

/** The SHA-256 of an inline payload: of the UTF-8 of a string, of the canonical JSON (RFC 8785) of anything else. */
export function payloadHash(payload: Json): string {
  return createHash('sha256')
    .update(typeof payload === 'string' ? payload : canonicalJson(payload))
    .digest('hex');
}
