import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import Database from 'libsql';
import { legacySchema } from './legacy-schema.js';

export type Value = string | number | null;
export type Row = Record<string, Value>;

export interface LegacyDatabase {
  insert(table: string, row: Row): void;
  close(): void;
}

/** A new database with the old tables, empty; one that is there already is replaced. */
export function createLegacyDatabase(file: string): LegacyDatabase {
  rmSync(file, { force: true });
  const db = new Database(file);
  db.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = ON;');
  db.exec(legacySchema);
  return {
    insert(table, row) {
      const columns = Object.keys(row);
      const places = columns.map(() => '?').join(', ');
      db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(Object.values(row));
    },
    close() {
      db.exec('VACUUM');
      db.close();
    },
  };
}

/** A UUID (version 8: made from a hash) that is the same for the same name. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`workshop ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
