import type { Database } from '../db/database.js';
import { GroupCommit, type GroupedWrite } from '../db/group-commit.js';
import type { Transaction } from '../db/transaction.js';

/**
 * The database as it looks from inside one open transaction: whatever a feature reads or writes through it belongs to
 * that transaction and is committed, or not, with it. A feature needs to know nothing of it.
 *
 * After the first write that fails, the transaction is lost: every further one fails with the same error.
 */
export function joinTransaction(db: Database, tx: Transaction): Database {
  let failure: { error: unknown } | null = null;
  const write = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    if (failure) throw failure.error;
    try {
      return await work(tx);
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  const overrides: Record<string | symbol, unknown> = {
    write,
    many: tx.many.bind(tx),
    maybeOne: tx.maybeOne.bind(tx),
    one: tx.one.bind(tx),
    writeTogether: <I, O>(grouped: GroupedWrite<I, O>, input: I) => group.submit(grouped, input),
  };
  const joined = new Proxy(db, {
    get: (target, name): unknown => (name in overrides ? overrides[name] : Reflect.get(target, name, target)),
  });
  const group = new GroupCommit(joined);
  return joined;
}
