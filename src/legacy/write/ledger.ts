import Database from 'libsql';
import { z } from 'zod';

const keyRows = z.array(z.tuple([z.string()]));

/** A set of strings on disk, so that an import of any length needs the same memory. It lives as long as the process. */
export class Ledger {
  readonly #sqlite = new Database(':memory:');

  constructor() {
    // A temporary table lies in a file of SQLite's own, without a name, that goes with the connection.
    this.#sqlite.exec(`PRAGMA temp_store = FILE; PRAGMA temp.journal_mode = OFF;
      PRAGMA temp.synchronous = OFF; PRAGMA temp.cache_size = -16000;
      CREATE TEMP TABLE noted (key TEXT PRIMARY KEY) WITHOUT ROWID`);
  }

  has(key: string): boolean {
    return this.among([key]).has(key);
  }

  /** Those of the keys that were noted before. */
  among(keys: readonly string[]): Set<string> {
    return this.#ask('SELECT value FROM json_each(?) WHERE value IN (SELECT key FROM noted)', keys);
  }

  /** Notes the keys; gives those that were not there before. */
  add(keys: readonly string[]): Set<string> {
    return this.#ask('INSERT OR IGNORE INTO noted SELECT value FROM json_each(?) RETURNING key', keys);
  }

  #ask(sql: string, keys: readonly string[]): Set<string> {
    if (keys.length === 0) return new Set();
    const rows = this.#sqlite.prepare(sql).raw(true).all(JSON.stringify(keys));
    return new Set(keyRows.parse(rows).map(([key]) => key));
  }

  close(): void {
    this.#sqlite.close();
  }
}
