import { z } from 'zod';
import { asColumns } from '../db/columns.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';

const content = z.object({
  sha256: z.string(),
  sizeBytes: z.number().int(),
  mimeType: z.string(),
  store: z.enum(['s3', 'disk']),
  storedAt: z.number().int(),
});

/** Bytes that the store holds already, verified; `storedAt` in milliseconds since 1970 UTC. */
export type ContentFacts = z.infer<typeof content>;

const mergeStatement = statement('artifacts/merge-contents.cypher', {
  params: z.object({ contents: asColumns(content) }),
  row: z.never(),
});

/** Records contents in the transaction of the artifacts that have them; one node for one digest. */
export async function writeContents(tx: Transaction, contents: readonly ContentFacts[]): Promise<void> {
  const distinct = [...new Map(contents.map((one) => [one.sha256, one])).values()];
  if (distinct.length === 0) return;
  await tx.exec(mergeStatement, { contents: distinct.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)) });
}
