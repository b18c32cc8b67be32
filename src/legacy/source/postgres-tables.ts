import pg from 'pg';
import { z } from 'zod';
import type { LegacyRow } from './legacy-row.js';
import {
  legacySourceName,
  quote,
  refusedSource,
  type LegacyTable,
  type LegacyTables,
  type NamedRow,
} from './legacy-tables.js';

const textRows = z.array(z.array(z.string().nullable()));
const columnRows = z.array(z.tuple([z.string(), z.string(), z.string()]));

interface Column {
  table: string;
  name: string;
  /** True when values can be compared with text as they are, so that an index on the column is of use. */
  isText: boolean;
}

/** Times come out as UTC and every value as the text that PostgreSQL prints for it. */
const plainText = { getTypeParser: () => (value: string) => value };

/** A PostgreSQL database, read in read-only transactions. The tables are found by the connection's search path. */
export class PostgresTables implements LegacyTables {
  readonly folder = null;
  #columns: Column[] | undefined;

  private constructor(
    readonly name: string,
    private readonly pool: pg.Pool,
  ) {}

  /** @throws InvalidInput when the address is not one */
  static open(address: string): PostgresTables {
    if (!URL.canParse(address))
      throw refusedSource('the source is not a valid postgres:// address', 'is not an address');
    const pool = new pg.Pool({
      connectionString: address,
      max: 3,
      connectionTimeoutMillis: 15_000,
      options: '-c default_transaction_read_only=on -c timezone=UTC -c client_encoding=UTF8',
    });
    // An idle connection that breaks is replaced at the next use; the use itself reports what it meets.
    pool.on('error', () => undefined);
    return new PostgresTables(legacySourceName(address), pool);
  }

  async has(table: LegacyTable): Promise<boolean> {
    return (await this.columnsOf(table)).length > 0;
  }

  async count(table: LegacyTable): Promise<number> {
    if (!(await this.has(table))) return 0;
    return z.coerce
      .number()
      .parse((await this.read(this.pool, `SELECT count(*) FROM ${quote(table)}`))[0]?.[0]);
  }

  /** One cursor in one read-only transaction: a consistent view that needs no key to page by and blocks no writer. */
  async *scan(table: LegacyTable, batch: number): AsyncGenerator<NamedRow[]> {
    const columns = await this.columnsOf(table);
    if (columns.length === 0) return;
    const idPosition = columns.findIndex(({ name }) => name === 'id');
    const order = idPosition < 0 ? '' : ' ORDER BY "id"';
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await client.query(
        `DECLARE legacy_rows NO SCROLL CURSOR FOR SELECT ${columns.map(({ name }) => quote(name)).join()} FROM ${quote(table)}${order}`,
      );
      for (let position = 0; ; position += batch) {
        const rows = await this.read(client, `FETCH ${Math.trunc(batch)} FROM legacy_rows`);
        if (rows.length === 0) return;
        yield rows.map((cells, index) => ({
          rowName: cells[idPosition] ?? String(position + index + 1),
          row: toRow(columns, cells),
        }));
      }
    } finally {
      // Ends the transaction with the connection, whatever state an early return or an error left it in.
      client.release(true);
    }
  }

  async rowsWhere(table: LegacyTable, column: string, values: readonly string[]): Promise<LegacyRow[]> {
    const columns = await this.columnsOf(table);
    const found = columns.find(({ name }) => name === column);
    if (!found || values.length === 0) return [];
    // PostgreSQL has no text with NUL, and no row that it could match.
    const wanted = values.filter((value) => !value.includes('\0'));
    const order = columns.some(({ name }) => name === 'id') ? ' ORDER BY "id"' : '';
    const rows = await this.read(
      this.pool,
      `SELECT ${columns.map(({ name }) => quote(name)).join()} FROM ${quote(table)}
       WHERE ${quote(column)}${found.isText ? '' : '::text'} = ANY($1::text[])${order}`,
      [wanted],
    );
    return rows.map((cells) => toRow(columns, cells));
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async read(
    on: pg.Pool | pg.PoolClient,
    text: string,
    values: unknown[] = [],
  ): Promise<z.infer<typeof textRows>> {
    const { rows } = await on.query({ text, values, rowMode: 'array', types: plainText });
    return textRows.parse(rows);
  }

  private async columnsOf(table: LegacyTable): Promise<Column[]> {
    this.#columns ??= await this.readColumns();
    return this.#columns.filter((column) => column.table === table);
  }

  private async readColumns(): Promise<Column[]> {
    const rows = columnRows.parse(
      await this.read(
        this.pool,
        `SELECT c.relname, a.attname, format_type(a.atttypid, NULL)
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE pg_table_is_visible(c.oid) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
         ORDER BY c.relname, a.attname COLLATE "C"`,
      ),
    );
    const texts = ['text', 'character varying'];
    return rows.map(([table, name, type]) => ({ table, name, isText: texts.includes(type) }));
  }
}

function toRow(columns: readonly Column[], cells: readonly (string | null)[]): LegacyRow {
  const values = Object.fromEntries(
    columns.map(({ name }, position) => [name.toLowerCase(), cells[position] ?? null]),
  );
  return { values, damaged: [] };
}
