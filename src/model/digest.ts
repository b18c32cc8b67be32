import { z } from 'zod';

/** A SHA-256 as 64 lower-case hex digits: the address of content. Parsed once, then trusted. */
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hex digits')
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256>;
