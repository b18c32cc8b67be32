import { isUtf8 } from 'node:buffer';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { z } from 'zod';
import { InvalidInput } from '../errors.js';
import type { LegacyRow } from './legacy-row.js';
import { legacySourceName } from './legacy-source-name.js';
import type { LegacyTable, LegacyTables, NamedRow } from './legacy-tables.js';

type Sqlite = InstanceType<typeof Database>;

/** How long a read waits for the old system to finish a write. */
const busyTimeoutMs = 10_000;

const keyedRows = z.array(
  z.tuple([z.number(), z.union([z.instanceof(ArrayBuffer), z.instanceof(Uint8Array)])]),
);
const rowCells = z.array(z.union([z.null(), z.number(), z.string()]));

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * A whole row as the bytes of one JSON array. The driver aborts the process on text that is not UTF-8, so text never
 * reaches it as text; and one value a row is read many times faster than one a column. Blobs are taken for text,
 * integers beyond 2^53 for their digits, infinity for text.
 */
function wholeRow(columns: readonly string[]): string {
  const cells = columns.map((column) => {
    const name = quote(column);
    return `CASE typeof(${name}) WHEN 'blob' THEN CAST(${name} AS TEXT)
      WHEN 'integer' THEN CASE WHEN ${name} BETWEEN -9007199254740991 AND 9007199254740991 THEN ${name} ELSE CAST(${name} AS TEXT) END
      WHEN 'real' THEN CASE WHEN abs(${name}) <= 1.7976931348623157e308 THEN ${name} ELSE CAST(${name} AS TEXT) END
      ELSE ${name} END`;
  });
  return `CAST(json_array(${cells.join()}) AS BLOB)`;
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
    const real = legacySourceName(path);
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
    const [row] = z.array(z.tuple([z.number()])).parse(this.read(`SELECT count(*) FROM ${quote(table)}`));
    return Promise.resolve(row?.[0] ?? 0);
  }

  async *scan(table: LegacyTable, batch: number): AsyncGenerator<NamedRow[]> {
    const columns = this.columnsOf(table);
    if (columns.length === 0) return;
    const hasRowid = this.hasRowid(table);
    const page = hasRowid
      ? `SELECT rowid, ${wholeRow(columns)} FROM ${quote(table)} WHERE rowid > ? ORDER BY rowid LIMIT ?`
      : `SELECT 0, ${wholeRow(columns)} FROM ${quote(table)} LIMIT ?2 OFFSET ?1`;
    for (let after = hasRowid ? Number.MIN_SAFE_INTEGER : 0; ;) {
      const rows = keyedRows.parse(this.read(page, after, batch));
      const last = rows.at(-1);
      if (!last) return;
      const named = rows.map(([rowid, bytes], position) => ({
        rowName: String(hasRowid ? rowid : after + position + 1),
        row: toRow(columns, bytes),
      }));
      yield await Promise.resolve(named);
      after = hasRowid ? last[0] : after + rows.length;
    }
  }

  rowsWhere(table: LegacyTable, column: string, values: readonly string[]): Promise<LegacyRow[]> {
    const columns = this.columnsOf(table);
    if (!columns.includes(column) || values.length === 0) return Promise.resolve([]);
    const order = this.hasRowid(table) ? ' ORDER BY rowid' : '';
    const rows = this.read(
      `SELECT 0, ${wholeRow(columns)} FROM ${quote(table)}
       WHERE ${quote(column)} IN (SELECT value FROM json_each(?))${order}`,
      JSON.stringify(values),
    );
    return Promise.resolve(keyedRows.parse(rows).map(([, bytes]) => toRow(columns, bytes)));
  }

  close(): Promise<void> {
    this.sqlite.close();
    return Promise.resolve();
  }

  private read(sql: string, ...params: (string | number)[]): unknown[] {
    let prepared = this.#statements.get(sql);
    if (!prepared) this.#statements.set(sql, (prepared = this.sqlite.prepare(sql).raw(true)));
    return prepared.all(...params);
  }

  /** Column names as they are written, in alphabetical order; none when the table does not exist. */
  private columnsOf(table: LegacyTable): string[] {
    const known = this.#columns.get(table);
    if (known) return known;
    const rows = z
      .array(z.tuple([z.string()]))
      .parse(this.read('SELECT name FROM pragma_table_info(?)', table));
    const columns = rows.map(([name]) => name).sort();
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

function toRow(columns: readonly string[], data: ArrayBuffer | Uint8Array): LegacyRow {
  const bytes =
    data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.length);
  const cells = rowCells.parse(JSON.parse(bytes.toString('utf8')));
  const values: Record<string, string | number | null> = {};
  for (const [position, column] of columns.entries()) values[column.toLowerCase()] = cells[position] ?? null;
  if (isUtf8(bytes)) return { values, damaged: [] };
  const damaged = Object.keys(values).filter((column) => String(values[column]).includes('\ufffd'));
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
