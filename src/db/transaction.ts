import neo4j, {
  type QueryResult,
  type Record as Neo4jRecord,
  type Transaction as DriverTransaction,
} from 'neo4j-driver';
import { z } from 'zod';
import { Unavailable } from '../errors.js';
import { observe } from './observed.js';
import type { Statement } from './statement.js';
import { isConnectionLoss, isUnreached } from './translate-error.js';

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

// Made once: making a schema costs more than using it.
const parameters = z.record(z.string(), z.unknown());

export function toParameters(params: unknown): Record<string, unknown> {
  return parameters.parse(toParameter(params));
}

export function parseRow<R extends z.ZodType>(
  { file, row }: Statement<z.ZodType, R>,
  record: Neo4jRecord,
): z.output<R> {
  const parsed = row.safeParse(record.toObject());
  if (parsed.success) return parsed.data;
  throw new Error(`cypher/${file} returned a row of another shape`, { cause: parsed.error });
}

export function parseRows<R extends z.ZodType>(
  stmt: Statement<z.ZodType, R>,
  { records }: QueryResult,
): z.output<R>[] {
  return records.map((record) => parseRow(stmt, record));
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

/** What a transaction needs of a session of the driver. */
interface TransactionSource {
  beginTransaction(config: { timeout: number }): DriverTransaction;
}

/**
 * One transaction, begun by its first statement. The verb says how many rows may come back; rows are parsed, never cast.
 */
export class Transaction {
  /** True once a statement of this transaction changed the graph (lock statements count). */
  wrote = false;
  private begun: DriverTransaction | null = null;
  private ended = false;

  constructor(
    private readonly session: TransactionSource,
    private readonly timeout: number,
  ) {}

  private async run<P extends z.ZodType, R extends z.ZodType>(
    { file, text, params }: Statement<P, R>,
    input: z.input<P>,
  ): Promise<QueryResult> {
    if (this.ended) throw new Error('a statement after the end of its transaction');
    const parameters = toParameters(params.parse(input));
    const result = await observe('neo4j', file, () => this.begin().run(text, parameters));
    if (result.summary.counters.containsUpdates()) this.wrote = true;
    return result;
  }

  /** Not awaited: BEGIN travels with the first statement, which fails when it fails. */
  begin(): DriverTransaction {
    return (this.begun ??= this.session.beginTransaction({ timeout: this.timeout }));
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

  /** Returns once everything is durable. */
  async commit(): Promise<void> {
    if (this.begun && this.ended) throw new Error('a commit after the end of its transaction');
    await this.begun?.commit().catch(commitError);
  }

  /** Nothing further is sent, whatever `work` still does: nobody waits for it any more. */
  giveUp(): void {
    this.ended = true;
  }

  async rollback(): Promise<void> {
    if (this.begun?.isOpen()) await this.begun.rollback();
  }
}

/** A connection lost while the commit was under way: repeating could do it twice, so the caller must look. */
function commitError(error: unknown): never {
  if (!isConnectionLoss(error) || isUnreached(error)) throw error;
  throw new Unavailable(
    'neo4j',
    'the connection was lost during the commit; the change may or may not have been recorded',
    { cause: error },
  );
}
