import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A SHA-256 as 64 lower-case hex digits: the address of content. Parsed once, then trusted. */
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hex digits')
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256>;

/** Of bytes, or of the UTF-8 of a text. */
export function digestOf(bytes: Uint8Array | string): Sha256 {
  return sha256.parse(createHash('sha256').update(bytes).digest('hex'));
}
