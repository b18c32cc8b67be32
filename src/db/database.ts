import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type QueryResult, type Session, type SessionMode } from 'neo4j-driver';
import type { z } from 'zod';
import { Unavailable } from '../errors.js';
import { GroupCommit, type GroupedWrite } from './group-commit.js';
import { inTime, Late, waitAtMost } from './in-time.js';
import { observe } from './observed.js';
import { Pulse } from './pulse.js';
import type { Statement } from './statement.js';
import { atMostOne, exactlyOne, parseRows, toParameters, Transaction } from './transaction.js';
import { isConnectionLoss, isOutOfMemory, isTransient, translateError } from './translate-error.js';

export interface DatabaseOptions {
  uri: string;
  user: string;
  password: string;
  database: string;
}

/** How long somebody waits for one read or one write, in milliseconds, and the signal that nobody waits any more. */
export interface Terms {
  readMs: number;
  writeMs: number;
  signal: AbortSignal | null;
}

const patient: Terms = { readMs: 30_000, writeMs: 120_000, signal: null };
/** By so much sooner the server itself ends a statement, and says so. */
const serverFirstMs = 1_000;
/** What several callers wait for together may not keep them long. */
const sharedReadMs = 10_000;
const probeMs = 2_000;
/** How long a write that keeps meeting deadlocks is tried again before the caller hears of it. */
const retryForMs = 30_000;
/** How long a read waits for a database that is away, or for a new leader, before the caller hears of it. */
const awayForMs = 5_000;

function openDriver({ uri, user, password }: DatabaseOptions, connections: number): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(user, password), {
    disableLosslessIntegers: true,
    maxConnectionPoolSize: connections,
    connectionAcquisitionTimeout: 5_000,
    connectionTimeout: 5_000,
    // One that was idle for longer is tried before a write relies on it.
    connectionLivenessCheckTimeout: 30_000,
    maxTransactionRetryTime: awayForMs,
    // Nobody reads them, and a young graph gives one for each property that no node has yet, kilobytes an answer.
    notificationFilter: { minimumSeverityLevel: neo4j.notificationFilterMinimumSeverityLevel.OFF },
    userAgent: 'artifact-graph',
  });
}

/**
 * The graph database. Reads are single statements, routed to readers; writes are transactions on the leader.
 * Both share one bookmark manager, so that a read sees every write that this process has acknowledged, on a cluster too.
 *
 * Every call ends within its terms, also when the server hangs: `Late` then, and the connection is free again as soon
 * as the server answers.
 */
export class Database {
  private group: GroupCommit | null = null;
  private readonly kept = new Map<unknown, unknown>();

  protected constructor(
    readonly driver: Driver,
    readonly name: string,
    readonly pulse: Pulse,
    private readonly view: { readonly terms: Terms; readonly base: Database | null } = {
      terms: patient,
      base: null,
    },
  ) {}

  get terms(): Terms {
    return this.view.terms;
  }

  static connect(options: DatabaseOptions): Database {
    return new Database(openDriver(options, 100), options.database, new Pulse(askWith(options)));
  }

  /** Aborted when nobody waits any more for what is asked through this database. */
  get signal(): AbortSignal | null {
    return this.terms.signal;
  }

  /** The same database for one caller, on terms of its own. */
  within(terms: Partial<Terms>): Database {
    const { driver, name, pulse } = this;
    return new Database(driver, name, pulse, {
      terms: { ...this.terms, ...terms },
      base: this.view.base ?? this,
    });
  }

  /** What belongs to the database as a whole, whoever asks: `make` is called once, with nobody's own terms. */
  shared<T>(make: (db: Database) => T): T {
    const owner = this.view.base ?? this;
    if (!owner.kept.has(make)) owner.kept.set(make, make(owner.within({ readMs: sharedReadMs })));
    // What lies under `make` is what it made.
    return owner.kept.get(make) as T;
  }

  /** Equal as long as this process has seen no commit, by its own reads and writes, since it was last asked. */
  async version(): Promise<string> {
    return [...(await this.driver.executeQueryBookmarkManager.getBookmarks())].sort().join();
  }

  /** @throws Unavailable */
  async check(): Promise<void> {
    try {
      await ask(this.driver, this.name);
    } catch (error) {
      throw translateError(error);
    }
  }

  /** A server that hangs is not waited for. */
  async close(): Promise<void> {
    this.pulse.stop();
    await waitAtMost(probeMs, this.driver.close());
  }

  /**
   * An auto-commit transaction: one round trip where a managed one takes two, at less than half the server's cost. The
   * driver does not repeat those, so it is done here; a read may be repeated at any time.
   */
  private async read<P extends z.ZodType>(
    { file, text, params }: Statement<P, z.ZodType>,
    input: z.input<P>,
  ): Promise<QueryResult> {
    const parameters = toParameters(params.parse(input));
    const { readMs, signal } = this.terms;
    const deadline = Date.now() + awayForMs;
    for (let attempt = 1; ; attempt++) {
      this.refuseWhileDown();
      const session = this.session(neo4j.session.READ);
      try {
        const running = session.run(text, parameters, { timeout: readMs });
        return await observe('neo4j', file, () =>
          inTime(running, { ms: readMs + serverFirstMs, signal, part: 'neo4j' }),
        );
      } catch (error) {
        const retryable = neo4j.isRetryableError(error) && !isOutOfMemory(error);
        if (!retryable || Date.now() > deadline) throw translateError(error);
      } finally {
        letGo(session.close());
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
      this.refuseWhileDown();
      try {
        return await this.attemptWrite(work, options.timeoutMs ?? this.terms.writeMs);
      } catch (error) {
        const retryable =
          (isTransient(error) && !isOutOfMemory(error)) || (isConnectionLoss(error) && attempt === 1);
        if (!retryable || Date.now() > deadline) throw translateError(error);
        await pause(attempt);
      }
    }
  }

  /** Like `write`, for a small write that may share its transaction (and its disk flush) with others that arrive now. */
  writeTogether<I, O>(write: GroupedWrite<I, O>, input: I): Promise<O> {
    const owner = this.view.base ?? this;
    owner.group ??= new GroupCommit(owner);
    return owner.group.submit(write, input, this.signal);
  }

  private async attemptWrite<T>(work: (tx: Transaction) => Promise<T>, timeout: number): Promise<T> {
    const session = this.session(neo4j.session.WRITE);
    const tx = new Transaction(session, timeout);
    const commit = async () => {
      const result = await work(tx);
      await tx.commit();
      return result;
    };
    const { signal } = this.terms;
    try {
      return await inTime(commit(), { ms: timeout + serverFirstMs, signal, part: 'neo4j' });
    } catch (error) {
      const isGivenUp = error instanceof Late || signal?.aborted === true;
      if (isGivenUp) tx.giveUp();
      else await tx.rollback();
      throw error;
    } finally {
      letGo(session.close());
    }
  }

  /** @throws Unavailable while the database is known not to answer; the signal's reason once it is aborted */
  refuseWhileDown(): void {
    this.terms.signal?.throwIfAborted();
    if (this.pulse.down) throw new Unavailable('neo4j', 'the graph database does not answer');
  }

  private session(defaultAccessMode: SessionMode): Session {
    return this.driver.session({
      database: this.name,
      defaultAccessMode,
      bookmarkManager: this.driver.executeQueryBookmarkManager,
    });
  }
}

/**
 * Not waited for: what is still under way is reset on the server, and one that hangs answers to that when it is back.
 * The outcome of the call was decided before, so a failure here is nobody's.
 */
function letGo(closing: Promise<void>): void {
  closing.catch(() => undefined);
}

async function ask(driver: Driver, database: string): Promise<void> {
  const config = { database, routing: 'READ', transactionConfig: { timeout: probeMs } } as const;
  await inTime(driver.executeQuery('RETURN 1', {}, config), { ms: probeMs, part: 'neo4j' });
}

/** Asks over a connection of its own, which no caller can use up, and over a new one after it was not answered. */
function askWith(options: DatabaseOptions): () => Promise<void> {
  let driver: Driver | null = null;
  return async () => {
    const asked = (driver ??= openDriver(options, 1));
    try {
      await ask(asked, options.database);
    } catch (error) {
      driver = null;
      letGo(asked.close());
      throw error;
    }
  };
}

/** Milliseconds that grow with each attempt, by chance longer or shorter, so that rivals do not meet again. */
function pause(attempt: number): Promise<void> {
  return sleep(Math.random() * Math.min(10 * 2 ** attempt, 500));
}
