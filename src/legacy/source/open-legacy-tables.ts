import type { LegacyTables } from './legacy-tables.js';
import { PostgresTables } from './postgres-tables.js';
import { SqliteTables } from './sqlite-tables.js';

/**
 * The old database behind a `postgres://` address or a SQLite file.
 * @throws InvalidInput when it is not there or not a database of the old system
 */
export async function openLegacyTables(source: string): Promise<LegacyTables> {
  const tables = /^postgres(ql)?:\/\//i.test(source)
    ? PostgresTables.open(source)
    : SqliteTables.open(source);
  try {
    await tables.check();
    return tables;
  } catch (error) {
    await tables.close();
    throw error;
  }
}
