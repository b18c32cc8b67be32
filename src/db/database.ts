import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type QueryResult, type Session, type SessionMode } from 'neo4j-driver';
import type { z } from 'zod';
import type { Statement } from './statement.js';
import { GroupCommit, type GroupedWrite } from './group-commit.js';
import { atMostOne, exactlyOne, parseRows, toParameters, Transaction, withoutStack } from './transaction.js';
import { isConnectionLoss, isTransient, translateError } from './translate-error.js';

export interface DatabaseOptions {
  uri: string;
  user: string;
  password: string;
  database: string;
}

const readTimeoutMs = 30_000;
const writeTimeoutMs = 120_000;
/** How long a write that keeps meeting deadlocks is tried again before the caller hears of it. */
const retryForMs = 30_000;
/** How long a read waits for a database that is away, or for a new leader, before the caller hears of it. */
const awayForMs = 5_000;

/**
 * The graph database. Reads are single statements, routed to readers; writes are transactions on the leader.
 * Both share one bookmark manager, so that a read sees every write that this process has acknowledged, on a cluster too.
 */
export class Database {
  private readonly group = new GroupCommit(this);

  private constructor(
    readonly driver: Driver,
    readonly name: string,
  ) {}

  static connect({ uri, user, password, database }: DatabaseOptions): Database {
    const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
      disableLosslessIntegers: true,
      connectionAcquisitionTimeout: 10_000,
      connectionTimeout: 5_000,
      // One that was idle for longer is tried before a write relies on it.
      connectionLivenessCheckTimeout: 30_000,
      maxTransactionRetryTime: awayForMs,
      // Nobody reads them, and a young graph gives one for each property that no node has yet, kilobytes an answer.
      notificationFilter: { minimumSeverityLevel: neo4j.notificationFilterMinimumSeverityLevel.OFF },
      userAgent: 'artifact-graph',
    });
    return new Database(driver, database);
  }

  /** @throws Unavailable */
  async check(): Promise<void> {
    try {
      await this.driver.executeQuery(
        'RETURN 1',
        {},
        { database: this.name, routing: 'READ', transactionConfig: { timeout: 2_000 } },
      );
    } catch (error) {
      throw translateError(error);
    }
  }

  close(): Promise<void> {
    return this.driver.close();
  }

  /**
   * An auto-commit transaction: one round trip where a managed one takes two, at less than half the server's cost. The
   * driver does not repeat those, so it is done here; a read may be repeated at any time.
   */
  private async read<P extends z.ZodType>(
    { text, params }: Statement<P, z.ZodType>,
    input: z.input<P>,
  ): Promise<QueryResult> {
    const parameters = toParameters(params.parse(input));
    const deadline = Date.now() + awayForMs;
    for (let attempt = 1; ; attempt++) {
      const session = this.session(neo4j.session.READ);
      try {
        return await withoutStack(() => session.run(text, parameters, { timeout: readTimeoutMs }));
      } catch (error) {
        if (!neo4j.isRetryableError(error) || Date.now() > deadline) throw translateError(error);
      } finally {
        await session.close();
      }
      await pause(attempt);
    }
  }

  async many<P extends z.ZodType, R extends z.ZodType>(
    stmt: Statement<P, R>,
    input: z.input<P>,
  ): Promise<z.output<R>[]> {
    return parseRows(stmt, await this.read(stmt, input));
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

  /**
   * Runs `work` in one write transaction and returns once it is durable. A deadlock or a leader change rolls back and
   * starts `work` again after milliseconds (the driver's own retry waits a second), so `work` must be repeatable.
   * @throws whatever `work` throws, after a rollback; Unavailable when the database stays away
   */
  async write<T>(work: (tx: Transaction) => Promise<T>, options: { timeoutMs?: number } = {}): Promise<T> {
    const deadline = Date.now() + retryForMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attemptWrite(work, options.timeoutMs ?? writeTimeoutMs);
      } catch (error) {
        const retryable = isTransient(error) || (isConnectionLoss(error) && attempt === 1);
        if (!retryable || Date.now() > deadline) throw translateError(error);
        await pause(attempt);
      }
    }
  }

  /** Like `write`, for a small write that may share its transaction (and its disk flush) with others that arrive now. */
  writeTogether<I, O>(write: GroupedWrite<I, O>, input: I): Promise<O> {
    return this.group.submit(write, input);
  }

  private async attemptWrite<T>(work: (tx: Transaction) => Promise<T>, timeout: number): Promise<T> {
    const session = this.session(neo4j.session.WRITE);
    const tx = new Transaction(session, timeout);
    try {
      const result = await work(tx);
      await tx.commit();
      return result;
    } catch (error) {
      await tx.rollback();
      throw error;
    } finally {
      await session.close();
    }
  }

  private session(defaultAccessMode: SessionMode): Session {
    return this.driver.session({
      database: this.name,
      defaultAccessMode,
      bookmarkManager: this.driver.executeQueryBookmarkManager,
    });
  }
}

/** Milliseconds that grow with each attempt, by chance longer or shorter, so that rivals do not meet again. */
function pause(attempt: number): Promise<void> {
  return sleep(Math.random() * Math.min(10 * 2 ** attempt, 500));
}
