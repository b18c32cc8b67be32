import type { z } from 'zod';
import { Database } from './database.js';
import type { Statement } from './statement.js';
import type { Transaction } from './transaction.js';

/**
 * The database as it looks from inside one open transaction: whatever a feature reads or writes through it belongs to
 * that transaction and is committed, or not, with it. A feature needs to know nothing of it.
 *
 * After the first write that fails, the transaction is lost: every further one fails with the same error.
 */
export class JoinedDatabase extends Database {
  private failure: { error: unknown } | null = null;

  constructor(
    { driver, name, pulse }: Database,
    private readonly tx: Transaction,
  ) {
    super(driver, name, pulse);
  }

  override many<P extends z.ZodType, R extends z.ZodType>(
    stmt: Statement<P, R>,
    input: z.input<P>,
  ): Promise<z.output<R>[]> {
    return this.tx.many(stmt, input);
  }

  override async write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.failure) throw this.failure.error;
    try {
      return await work(this.tx);
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }
}
