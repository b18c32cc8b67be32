import { Unavailable, type AppError } from '../errors.js';
import { Gathering } from './gathering.js';
import { lockAll, type Locked, type LockRequest } from './locks.js';
import type { Transaction } from './transaction.js';
import { isTakenKey, isTimeout } from './translate-error.js';

/** A refusal is an outcome like any other, as long as the refused piece has written nothing. */
export type Outcome<O> = { done: O } | { refused: AppError };

interface GroupedWriteSpec<I, O> {
  locks(input: I): LockRequest;
  /**
   * All inputs of this kind at once, in order of arrival; one outcome for each. What a refused input would have written
   * must not be written: when that is known too late, throw, and every input is tried again alone.
   */
  run(tx: Transaction, inputs: readonly I[], locked: Locked): Promise<Outcome<O>[]>;
}

/** A kind of write that may share its transaction with other writes that arrive at the same time. */
export class GroupedWrite<I, O> {
  private readonly waiting = new WeakMap<GroupCommit, Waiting<I, O>[]>();

  constructor(private readonly spec: GroupedWriteSpec<I, O>) {}

  enqueue(group: GroupCommit, one: Waiting<I, O>): void {
    const waiting = this.waiting.get(group);
    if (waiting) waiting.push(one);
    else this.waiting.set(group, [one]);
  }

  /** Up to `count` of those that wait, as a lane; null when none is left. */
  takeLane(group: GroupCommit, count: number): Lane | null {
    const taken = this.waiting.get(group)?.splice(0, count) ?? [];
    return taken.length > 0 ? new WriteLane(this.spec, taken) : null;
  }
}

interface Lane {
  readonly size: number;
  locks(): LockRequest[];
  run(tx: Transaction, locked: Locked): Promise<void>;
  settle(): void;
  fail(error: unknown): void;
  /** The same work, one lane for each input. */
  split(): Lane[];
}

interface Waiting<I, O> {
  input: I;
  resolve: (output: O) => void;
  reject: (error: unknown) => void;
}

class WriteLane<I, O> implements Lane {
  private outcomes: Outcome<O>[] = [];

  constructor(
    private readonly write: GroupedWriteSpec<I, O>,
    private readonly waiting: readonly Waiting<I, O>[],
  ) {}

  get size(): number {
    return this.waiting.length;
  }

  locks(): LockRequest[] {
    return this.waiting.map(({ input }) => this.write.locks(input));
  }

  async run(tx: Transaction, locked: Locked): Promise<void> {
    const inputs = this.waiting.map(({ input }) => input);
    this.outcomes = await this.write.run(tx, inputs, locked);
  }

  settle(): void {
    for (const [position, { resolve, reject }] of this.waiting.entries()) {
      const outcome = this.outcomes[position];
      if (!outcome) reject(new Error('a grouped write gave no outcome'));
      else if ('done' in outcome) resolve(outcome.done);
      else reject(outcome.refused);
    }
  }

  fail(error: unknown): void {
    for (const { reject } of this.waiting) reject(error);
  }

  split(): Lane[] {
    return this.waiting.map((one) => new WriteLane(this.write, [one]));
  }
}

/**
 * The database does not answer: one by one would only wait as often. And when the connection broke during the commit,
 * the group may have been recorded, so that repeating it could do it twice.
 */
function isAway(error: unknown): boolean {
  return error instanceof Unavailable && !isTimeout(error.cause);
}

/** Beyond this many the transaction itself would take longer than the commit that it saves. */
const maxGroup = 500;

/**
 * A commit costs one disk flush whatever its size, so writes that arrive while one transaction is under way share the
 * next. Each caller hears only after its transaction is durable. When a shared transaction fails, nothing of it stays
 * and every piece runs again in a transaction of its own: one bad write never takes another with it.
 */
export class GroupCommit {
  /** Kinds of write with something waiting. */
  private readonly kinds = new Set<{ takeLane(group: GroupCommit, count: number): Lane | null }>();
  private waiting = 0;
  private readonly gathering = new Gathering(
    () => this.waiting,
    () => this.commit(this.takeGroup()),
  );

  constructor(private readonly db: { write(work: (tx: Transaction) => Promise<void>): Promise<void> }) {}

  submit<I, O>(write: GroupedWrite<I, O>, input: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      write.enqueue(this, { input, resolve, reject });
      this.kinds.add(write);
      this.waiting += 1;
      this.gathering.arrived();
    });
  }

  private takeGroup(): Lane[] {
    const lanes: Lane[] = [];
    let room = maxGroup;
    for (const kind of this.kinds) {
      const lane = kind.takeLane(this, room);
      if (!lane) this.kinds.delete(kind);
      else lanes.push(lane);
      room -= lane?.size ?? 0;
      if (room === 0) break;
    }
    this.waiting -= maxGroup - room;
    return lanes;
  }

  /** @returns what tells the callers */
  private async commit(lanes: Lane[]): Promise<() => void> {
    const [first, ...others] = lanes.flatMap((lane) => lane.split());
    if (first && others.length === 0) return this.commitAlone(first);
    try {
      return await this.runTogether(lanes);
    } catch (error) {
      if (isAway(error)) return () => lanes.forEach((lane) => lane.fail(error));
      // Not swallowed: each piece meets its own error again, and its caller hears it.
      for (const single of first ? [first, ...others] : []) (await this.commitAlone(single))();
      return () => undefined;
    }
  }

  /** A unique key taken by another instance between our look and our commit: look once more, then it is found. */
  private async commitAlone(lane: Lane, attempt = 1): Promise<() => void> {
    try {
      return await this.runTogether([lane]);
    } catch (error) {
      const lostRace = error instanceof Error && isTakenKey(error.cause);
      if (lostRace && attempt === 1) return this.commitAlone(lane, 2);
      return () => lane.fail(error);
    }
  }

  private async runTogether(lanes: Lane[]): Promise<() => void> {
    await this.db.write(async (tx) => {
      if (lanes.length > 1) tx.begin();
      const locked = await lockAll(
        tx,
        lanes.flatMap((lane) => lane.locks()),
      );
      for (const lane of lanes) await lane.run(tx, locked);
    });
    return () => lanes.forEach((lane) => lane.settle());
  }
}
