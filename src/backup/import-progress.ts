import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';

const findStatement = statement('backup/find-progress.cypher', {
  params: z.object({}),
  row: z.object({ lines: z.number(), sha256: z.string() }),
});
const advanceStatement = statement('backup/advance-progress.cypher', {
  params: z.object({ before: z.number().int(), lines: z.number().int(), sha256: z.string() }),
  row: z.object({ lines: z.number() }),
});
const endStatement = statement('backup/end-progress.cypher', { params: z.object({}), row: z.never() });

/** How many lines of a file are in the database, and the SHA-256 of exactly these lines. */
export type LinesWritten = z.infer<typeof findStatement.row>;

/** Null where no import is unfinished. */
export function findProgress(db: Pick<Database, 'maybeOne'>): Promise<LinesWritten | null> {
  return db.maybeOne(findStatement, {});
}

/**
 * Moves the mark on in the transaction that writes the lines, so that neither exists without the other.
 * @throws Conflict when another import has moved it
 */
export async function advanceProgress(tx: Transaction, before: number, to: LinesWritten): Promise<void> {
  if (await tx.maybeOne(advanceStatement, { before, ...to })) return;
  throw new Conflict('another import writes to this database');
}

export function endProgress(db: Pick<Database, 'write'>): Promise<void> {
  return db.write((tx) => tx.exec(endStatement, {}));
}
