import { isUtf8 } from 'node:buffer';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../../errors.js';
import type { LegacyRow } from './legacy-row.js';
import { reasonOf } from './file-trouble.js';
import {
  legacySourceName,
  quote,
  refusedSource,
  type LegacyTable,
  type LegacyTables,
  type NamedRow,
} from './legacy-tables.js';
import { openSqlite, type OpenSqlite } from './sqlite-file.js';

/** A file that changes at every look is given up. */
const mostAttempts = 10;

const columnRows = z.array(z.tuple([z.string(), z.number()]));
const keyedRows = z.array(z.tuple([z.string(), z.instanceof(Buffer)]));
const rowCells = z.array(z.union([z.null(), z.number(), z.string()]));

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

interface Column {
  /** As it is written in the table. */
  name: string;
  /** Generated when it is read, which may fail for a row. */
  isVirtual: boolean;
}

interface Shape {
  /** In alphabetical order; none when the table does not exist. */
  columns: Column[];
  /** Of a view or a WITHOUT ROWID table false: these are paged by position. */
  hasRowid: boolean;
}

/** A SQLite file, opened read-only. Each call reads for itself, so no lock is held between two batches. */
export class SqliteTables implements LegacyTables {
  readonly folder: string;
  #shapes = new Map<LegacyTable, Shape>();
  #statements = new Map<string, { all(...params: (string | number)[]): unknown[] }>();

  private constructor(
    readonly name: string,
    private file: OpenSqlite,
  ) {
    this.folder = dirname(name);
  }

  /** @throws InvalidInput when there is no such file, or it cannot be read */
  static open(path: string): SqliteTables {
    try {
      if (statSync(path, { throwIfNoEntry: false })?.isFile()) {
        const real = legacySourceName(path);
        return new SqliteTables(real, openSqlite(real));
      }
    } catch (error) {
      throw unreadable(path, error);
    }
    throw refusedSource(`there is no database file ${path}`, 'is not a file');
  }

  has(table: LegacyTable): boolean {
    return this.shapeOf(table).columns.length > 0;
  }

  count(table: LegacyTable): number {
    return this.has(table) ? this.number(`SELECT count(*) FROM ${quote(table)}`) : 0;
  }

  *scan(table: LegacyTable, batch: number): Generator<NamedRow[]> {
    if (!this.has(table)) return;
    for (let after = this.shapeOf(table).hasRowid ? String(-(2n ** 63n)) : '0'; ;) {
      const page = this.page(table, after, batch);
      if (page.length === 0) return;
      after = page.at(-1)?.rowName ?? after;
      yield page;
    }
  }

  rowsWhere(table: LegacyTable, column: string, values: readonly string[]): LegacyRow[] {
    const { columns, hasRowid } = this.shapeOf(table);
    if (!columns.some(({ name }) => name === column) || values.length === 0) return [];
    const order = hasRowid ? ' ORDER BY rowid' : '';
    const rest = `WHERE ${quote(column)} IN (SELECT value FROM json_each(?))${order}`;
    const rows = this.readRows(table, { key: "'0'", rest, params: [JSON.stringify(values)] });
    return rows.map(({ row }) => row);
  }

  close(): Promise<void> {
    this.file.close();
    return Promise.resolve();
  }

  /** A page of a table; where a generated column fails, row by row, and that row without it. */
  private page(table: LegacyTable, after: string, batch: number): NamedRow[] {
    const [key, rest] = this.shapeOf(table).hasRowid
      ? ['CAST(rowid AS TEXT)', 'WHERE rowid > CAST(?1 AS INTEGER) ORDER BY rowid LIMIT ?2']
      : ['CAST(row_number() OVER () AS TEXT)', 'LIMIT ?2 OFFSET ?1'];
    const rows = this.readRows(table, { key, rest, params: [after, batch] });
    if (batch === 1 || rows.every(({ row }) => row.uncomputed === undefined)) return rows;
    let last = after;
    return rows.flatMap(({ rowName }) => {
      const alone = this.page(table, last, 1);
      last = rowName;
      return alone;
    });
  }

  /** Rows with all columns; when that fails, without those that are generated while they are read. */
  private readRows(
    table: LegacyTable,
    { key, rest, params }: { key: string; rest: string; params: (string | number)[] },
    columns: readonly Column[] = this.shapeOf(table).columns,
  ): NamedRow[] {
    const names = columns.map(({ name }) => name);
    const all = this.shapeOf(table).columns.map(({ name }) => name);
    const uncomputed = all.filter((name) => !names.includes(name));
    const sql = `SELECT ${key}, ${wholeRow(names)} FROM ${quote(table)} ${rest}`;
    try {
      return keyedRows.parse(this.read(sql, ...params)).map(([rowName, bytes]) => {
        const row = toRow(names, bytes);
        return { rowName, row: uncomputed.length === 0 ? row : { ...row, uncomputed } };
      });
    } catch (error) {
      const stored = columns.filter(({ isVirtual }) => !isVirtual);
      if (stored.length === columns.length) throw error;
      return this.readRows(table, { key, rest, params }, stored);
    }
  }

  /** @throws InvalidInput when the file cannot be read (any more), such as one that is damaged inside */
  private read(sql: string, ...params: (string | number)[]): unknown[] {
    try {
      return this.readUnchanged(sql, params);
    } catch (error) {
      throw codeOf(error) === null ? error : unreadable(this.name, error);
    }
  }

  /** Once more from the file as it is now, when somebody changed it while it was taken for still. */
  private readUnchanged(sql: string, params: (string | number)[]): unknown[] {
    for (let attempt = 1; ; attempt++) {
      try {
        const rows = this.prepared(sql).all(...params);
        if (!this.file.isStale()) return rows;
      } catch (error) {
        if (!this.file.isStale() || attempt === mostAttempts) throw error;
      }
      this.file.close();
      this.#statements.clear();
      this.file = openSqlite(this.name);
    }
  }

  private prepared(sql: string) {
    let prepared = this.#statements.get(sql);
    if (!prepared) this.#statements.set(sql, (prepared = this.file.sqlite.prepare(sql).raw(true)));
    return prepared;
  }

  private shapeOf(table: LegacyTable): Shape {
    const known = this.#shapes.get(table);
    if (known) return known;
    // hidden: 0 ordinary, 1 hidden in a virtual table, 2 generated when read, 3 generated and stored.
    const rows = columnRows.parse(
      this.read('SELECT name, hidden FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY name', table),
    );
    const columns = rows.map(([name, hidden]) => ({ name, isVirtual: hidden === 2 }));
    const kind = "SELECT type <> 'view' AND NOT wr FROM pragma_table_list(?)";
    const shape = { columns, hasRowid: this.number(kind, table) === 1 };
    this.#shapes.set(table, shape);
    return shape;
  }

  /** The number that a statement gives; 0 without a row. */
  private number(sql: string, ...params: string[]): number {
    const [row] = z.array(z.tuple([z.number()])).parse(this.read(sql, ...params));
    return row?.[0] ?? 0;
  }
}

function toRow(columns: readonly string[], bytes: Buffer): LegacyRow {
  const cells = rowCells.parse(JSON.parse(bytes.toString('utf8')));
  const values: Record<string, string | number | null> = {};
  for (const [position, column] of columns.entries()) values[column.toLowerCase()] = cells[position] ?? null;
  if (isUtf8(bytes)) return { values, damaged: [] };
  const damaged = Object.keys(values).filter((column) => String(values[column]).includes('\ufffd'));
  return { values, damaged };
}

/** One sentence with the true reason. */
function unreadable(name: string, cause: unknown) {
  const wrong = `cannot be read: ${reasonOf(cause)}`;
  return refusedSource(`${name} ${wrong}`, wrong, cause);
}
