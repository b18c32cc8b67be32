import { z } from 'zod';
import { wellFormed } from './json.js';

/** Identifiers come from callers too (imports keep theirs), so any short text without control characters will do. */
export const id = wellFormed
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}|]+$/u, 'must not contain control characters or "|"');
export const externalId = wellFormed.min(1).max(500);

/** Milliseconds since 1970 in UTC. */
export const time = z.number().int();
