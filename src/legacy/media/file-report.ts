import { z } from 'zod';

/**
 * What became of one file reference. `stored`: its bytes are in the store; `remote`: an address elsewhere, kept as the
 * artifact's url; `contradictory`: the bytes are there, but not what the row says of them; the others: no bytes.
 */
export const fileOutcome = z.enum([
  'stored',
  'remote',
  'missing',
  'empty',
  'unreadable',
  'escapes',
  'not_a_file',
  'too_large',
  'contradictory',
]);

/** `path` is the reference as the old row has it (shortened when it is an inline image). */
export const fileReport = z.object({ path: z.string(), outcome: fileOutcome, reason: z.string().optional() });
export type FileReport = z.infer<typeof fileReport>;
