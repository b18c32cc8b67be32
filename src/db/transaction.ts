import neo4j, { type Transaction as DriverTransaction, type QueryResult } from 'neo4j-driver';
import { z } from 'zod';
import type { Statement } from './statement.js';

/**
 * JavaScript has one number type and Cypher two: whole numbers go as Integer, others as Float.
 * A statement that stores a float says toFloat().
 */
function toParameter(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (Array.isArray(value)) return value.map(toParameter);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toParameter(part)]));
  }
  return value;
}

export function toParameters(params: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(toParameter(params));
}

export function parseRows<R extends z.ZodType>(
  { file, row }: Statement<z.ZodType, R>,
  result: QueryResult,
): z.output<R>[] {
  const rows = z.array(row).safeParse(result.records.map((record) => record.toObject()));
  if (!rows.success) throw new Error(`cypher/${file} returned rows of another shape`, { cause: rows.error });
  return rows.data;
}

/** At most one of the rows. */
export function atMostOne<T>(rows: T[], file: string): T | null {
  if (rows.length > 1)
    throw new Error(`cypher/${file} returned ${rows.length} rows where at most one was expected`);
  return rows[0] ?? null;
}

export function exactlyOne<T>(rows: T[], file: string): T {
  const row = atMostOne(rows, file);
  if (row === null) throw new Error(`cypher/${file} returned no row where one was expected`);
  return row;
}

/** One open transaction. The verb says how many rows may come back; rows are parsed, never cast. */
export class Transaction {
  /** True once a statement of this transaction changed the graph (lock statements count). */
  wrote = false;

  constructor(private readonly driverTransaction: DriverTransaction) {}

  private async run<P extends z.ZodType, R extends z.ZodType>(
    { text, params }: Statement<P, R>,
    input: z.input<P>,
  ): Promise<QueryResult> {
    const result = await this.driverTransaction.run(text, toParameters(params.parse(input)));
    if (result.summary.counters.containsUpdates()) this.wrote = true;
    return result;
  }

  async many<P extends z.ZodType, R extends z.ZodType>(
    stmt: Statement<P, R>,
    input: z.input<P>,
  ): Promise<z.output<R>[]> {
    return parseRows(stmt, await this.run(stmt, input));
  }

  async maybeOne<P extends z.ZodType, R extends z.ZodType>(
    stmt: Statement<P, R>,
    input: z.input<P>,
  ): Promise<z.output<R> | null> {
    return atMostOne(await this.many(stmt, input), stmt.file);
  }

  async one<P extends z.ZodType, R extends z.ZodType>(
    stmt: Statement<P, R>,
    input: z.input<P>,
  ): Promise<z.output<R>> {
    return exactlyOne(await this.many(stmt, input), stmt.file);
  }

  async exec<P extends z.ZodType>(stmt: Statement<P, z.ZodType>, input: z.input<P>): Promise<void> {
    await this.run(stmt, input);
  }
}
