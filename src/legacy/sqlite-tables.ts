import { isUtf8 } from 'node:buffer';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { z } from 'zod';
import { InvalidInput } from '../errors.js';
import type { LegacyRow } from './legacy-row.js';
import type { LegacyTable, LegacyTables, NamedRow } from './legacy-tables.js';

type Sqlite = InstanceType<typeof Database>;

/** How long a read waits for the old system to finish a write. */
const busyTimeoutMs = 10_000;

const cell = z.union([z.null(), z.number(), z.string(), z.instanceof(ArrayBuffer), z.instanceof(Uint8Array)]);
const rawRows = z.array(z.array(cell));
type Cell = z.infer<typeof cell>;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * The driver aborts the whole process on text that is not UTF-8, so all text is read as bytes and decoded here;
 * integers beyond 2^53, which it refuses, are read as their digits.
 */
function safely(column: string): string {
  const name = quote(column);
  return `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB)
    WHEN 'integer' THEN CASE WHEN ${name} BETWEEN -9007199254740991 AND 9007199254740991 THEN ${name} ELSE CAST(${name} AS TEXT) END
    ELSE ${name} END`;
}

/** A SQLite file, opened read-only. Each call reads for itself, so no lock is held between two batches. */
export class SqliteTables implements LegacyTables {
  readonly folder: string;
  #columns = new Map<LegacyTable, string[]>();
  #statements = new Map<string, { all(...params: (string | number)[]): unknown[] }>();

  private constructor(
    readonly name: string,
    private readonly sqlite: Sqlite,
  ) {
    this.folder = dirname(name);
  }

  /** @throws InvalidInput when there is no such file */
  static open(path: string): SqliteTables {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
      throw new InvalidInput(`there is no database file ${path}`, [
        { path: 'source', message: 'is not a file' },
      ]);
    }
    const real = realpathSync(path);
    const sqlite = new Database(`${pathToFileURL(real).href.replaceAll('?', '%3f')}?mode=ro`);
    sqlite.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA query_only = ON`);
    return new SqliteTables(real, sqlite);
  }

  check(): Promise<void> {
    try {
      if (this.columnsOf('stories').length > 0) return Promise.resolve();
    } catch (error) {
      return Promise.reject(notALegacyDatabase(this.name, error));
    }
    return Promise.reject(notALegacyDatabase(this.name));
  }

  count(table: LegacyTable): Promise<number> {
    if (this.columnsOf(table).length === 0) return Promise.resolve(0);
    return Promise.resolve(z.number().parse(this.read(`SELECT count(*) FROM ${quote(table)}`)[0]?.[0]));
  }

  async *scan(table: LegacyTable, batch: number): AsyncGenerator<NamedRow[]> {
    const columns = this.columnsOf(table);
    if (columns.length === 0) return;
    const key = this.hasRowid(table) ? 'rowid' : null;
    const page = key
      ? `SELECT ${key}, ${columns.map(safely).join()} FROM ${quote(table)} WHERE ${key} > ? ORDER BY ${key} LIMIT ?`
      : `SELECT 0, ${columns.map(safely).join()} FROM ${quote(table)} LIMIT ?2 OFFSET ?1`;
    for (let after = key ? Number.MIN_SAFE_INTEGER : 0; ;) {
      const rows = this.read(page, after, batch);
      if (rows.length === 0) return;
      const named = rows.map(([id, ...cells], position) => ({
        rowName: String(key ? z.number().parse(id) : after + position + 1),
        row: toRow(columns, cells),
      }));
      yield await Promise.resolve(named);
      after = key ? z.number().parse(rows.at(-1)?.[0]) : after + rows.length;
    }
  }

  rowsWhere(table: LegacyTable, column: string, values: readonly string[]): Promise<LegacyRow[]> {
    const columns = this.columnsOf(table);
    if (!columns.includes(column) || values.length === 0) return Promise.resolve([]);
    const order = this.hasRowid(table) ? ' ORDER BY rowid' : '';
    const rows = this.read(
      `SELECT ${columns.map(safely).join()} FROM ${quote(table)}
       WHERE ${quote(column)} IN (SELECT value FROM json_each(?))${order}`,
      JSON.stringify(values),
    );
    return Promise.resolve(rows.map((cells) => toRow(columns, cells)));
  }

  close(): Promise<void> {
    this.sqlite.close();
    return Promise.resolve();
  }

  private read(sql: string, ...params: (string | number)[]): Cell[][] {
    let prepared = this.#statements.get(sql);
    if (!prepared) this.#statements.set(sql, (prepared = this.sqlite.prepare(sql).raw(true)));
    return rawRows.parse(prepared.all(...params));
  }

  /** Column names as they are written; none when the table does not exist. */
  private columnsOf(table: LegacyTable): string[] {
    const known = this.#columns.get(table);
    if (known) return known;
    const columns = this.read('SELECT name FROM pragma_table_info(?)', table).map(([name]) =>
      z.string().parse(name),
    );
    this.#columns.set(table, columns);
    return columns;
  }

  private hasRowid(table: LegacyTable): boolean {
    try {
      this.read(`SELECT rowid FROM ${quote(table)} LIMIT 0`);
      return true;
    } catch {
      // A view or a WITHOUT ROWID table says so with an error; both are paged by position.
      return false;
    }
  }
}

function toRow(columns: readonly string[], cells: readonly Cell[]): LegacyRow {
  const values: Record<string, string | number | null> = {};
  const damaged: string[] = [];
  for (const [position, column] of columns.entries()) {
    const value = cells[position] ?? null;
    if (value === null || typeof value === 'string' || typeof value === 'number') {
      values[column.toLowerCase()] = value;
    } else {
      const bytes =
        value instanceof ArrayBuffer
          ? Buffer.from(value)
          : Buffer.from(value.buffer, value.byteOffset, value.length);
      if (!isUtf8(bytes)) damaged.push(column.toLowerCase());
      values[column.toLowerCase()] = bytes.toString('utf8');
    }
  }
  return { values, damaged };
}

function notALegacyDatabase(name: string, cause?: unknown): InvalidInput {
  const message = `${name} is not a database of the old system: it has no table named stories`;
  return new InvalidInput(
    message,
    [{ path: 'source', message: 'has no table named stories' }],
    'invalid_input',
    { cause },
  );
}
