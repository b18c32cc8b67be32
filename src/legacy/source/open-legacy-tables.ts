import { isPostgres, refusedSource, type LegacyTables } from './legacy-tables.js';
import { PostgresTables } from './postgres-tables.js';
import { SqliteTables } from './sqlite-tables.js';

/**
 * The old database behind a `postgres://` address or a SQLite file.
 * @throws InvalidInput when it is not there or not a database of the old system
 */
export async function openLegacyTables(source: string): Promise<LegacyTables> {
  const tables = isPostgres(source) ? PostgresTables.open(source) : SqliteTables.open(source);
  try {
    if (await tables.has('stories')) return tables;
    const message = `${tables.name} is not a database of the old system: it has no table named stories`;
    throw refusedSource(message, 'has no table named stories');
  } catch (error) {
    await tables.close();
    throw error;
  }
}
