import neo4j from 'neo4j-driver';
import type { z } from 'zod';
import type { Database } from '../db/database.js';
import type { Statement } from '../db/statement.js';
import { parseRow } from '../db/transaction.js';
import { translateError } from '../db/translate-error.js';

/** Rows that the server sends ahead of the reader: enough to keep it busy, few enough to be nothing in memory. */
const ahead = 2_000;

/**
 * The rows of a statement without parameters, one by one as the server finds them, so that a whole graph passes through
 * little memory. Not repeated when the connection is lost: rows were given away already.
 * @throws Unavailable
 */
export async function* streamRows<R extends z.ZodType>(
  db: Pick<Database, 'driver' | 'name'>,
  stmt: Statement<z.ZodType, R>,
): AsyncGenerator<z.output<R>> {
  const session = db.driver.session({
    database: db.name,
    defaultAccessMode: neo4j.session.READ,
    fetchSize: ahead,
  });
  try {
    for await (const record of session.run(stmt.text)) yield parseRow(stmt, record);
  } catch (error) {
    throw translateError(error);
  } finally {
    await session.close();
  }
}

/** A mark of the database's state: two are equal when nothing was committed between them. */
export async function readMark(db: Pick<Database, 'driver' | 'name'>): Promise<string> {
  const session = db.driver.session({ database: db.name, defaultAccessMode: neo4j.session.READ });
  try {
    await session.run('RETURN 1');
    return session.lastBookmarks().join(' ');
  } catch (error) {
    throw translateError(error);
  } finally {
    await session.close();
  }
}
