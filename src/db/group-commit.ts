import { Unavailable, type AppError } from '../errors.js';
import { Groups, waitFor, type Waiting } from './groups.js';
import { lockAll, type Locked, type LockRequest } from './locks.js';
import { observed } from './observed.js';
import type { Transaction } from './transaction.js';
import { isTakenKey, isTimeout } from './translate-error.js';

/** A refusal is an outcome like any other, as long as the refused piece has written nothing. */
export type Outcome<O> = { done: O } | { refused: AppError };

/** A kind of write that may share its transaction with other writes that arrive at the same time. */
export class GroupedWrite<I, O> {
  constructor(
    readonly spec: {
      locks(input: I): LockRequest;
      /**
       * All inputs of this kind at once, in order of arrival; one outcome for each. What a refused input would have
       * written must not be written: when that is known too late, throw, and every input is tried again alone.
       */
      run(tx: Transaction, inputs: readonly I[], locked: Locked): Promise<Outcome<O>[]>;
    },
  ) {}

  /** One input as a piece of a group, whatever else is in it. */
  piece(waiting: Waiting<I, O>): Piece {
    const { spec } = this;
    return {
      kind: this,
      waiting,
      locks: () => spec.locks(waiting.input),
      // Only pieces of this kind are given to it, and those hold its inputs.
      run: (tx, pieces, locked) =>
        spec.run(
          tx,
          pieces.map((piece) => piece.waiting.input as I),
          locked,
        ),
    };
  }
}

interface Piece {
  kind: object;
  waiting: Waiting<unknown, never>;
  locks(): LockRequest;
  run(tx: Transaction, pieces: readonly Piece[], locked: Locked): Promise<Outcome<unknown>[]>;
}

/**
 * The database does not answer: one by one would only wait as often. And when the connection broke during the commit,
 * the group may have been recorded, so that repeating it could do it twice.
 */
function isAway(error: unknown): boolean {
  return error instanceof Unavailable && error.part === 'neo4j' && !isTimeout(error.cause);
}

/** Beyond this many the transaction itself would take longer than the commit that it saves. */
const maxGroup = 500;
/** Milliseconds. Small writes: one that takes longer would only keep those behind it waiting. */
const timeoutMs = 30_000;

/**
 * A commit costs one disk flush whatever its size, so writes that arrive while one transaction is under way share the
 * next. Each caller hears only after its transaction is durable. When a shared transaction fails, nothing of it stays
 * and every piece runs again in a transaction of its own: one bad write never takes another with it.
 */
export class GroupCommit {
  private readonly groups = new Groups<Piece>((group) => this.commit(group), maxGroup);

  constructor(
    private readonly db: {
      write<T>(work: (tx: Transaction) => Promise<T>, options: { timeoutMs: number }): Promise<T>;
    },
  ) {}

  submit<I, O>(write: GroupedWrite<I, O>, input: I, signal: AbortSignal | null = null): Promise<O> {
    return waitFor<I, O>(input, signal, (waiting) => this.groups.add(write.piece(waiting)));
  }

  private async commit(pieces: readonly Piece[]): Promise<void> {
    const group = pieces.filter(({ waiting }) => !waiting.signal?.aborted);
    if (group.length === 0) return;
    observed.emit('group', { kind: 'commit', size: group.length });
    try {
      await this.commitTogether(group);
    } catch (error) {
      if (isAway(error)) for (const { waiting } of group) waiting.reject(error);
      // Not swallowed: each piece meets its own error again, and its caller hears it.
      else for (const piece of group) await this.commitAlone(piece, group.length === 1 ? { error } : null);
    }
  }

  /** A unique key taken by another instance between our look and our commit: look once more, then it is found. */
  private async commitAlone(piece: Piece, failed: { error: unknown } | null): Promise<void> {
    const isLostRace = failed && failed.error instanceof Error && isTakenKey(failed.error.cause);
    if (failed && !isLostRace) return piece.waiting.reject(failed.error);
    try {
      await this.commitTogether([piece]);
    } catch (error) {
      if (failed) piece.waiting.reject(error);
      else await this.commitAlone(piece, { error });
    }
  }

  private async commitTogether(pieces: readonly Piece[]): Promise<void> {
    const kinds = new Map<object, Piece[]>();
    for (const piece of pieces) kinds.set(piece.kind, [...(kinds.get(piece.kind) ?? []), piece]);
    const tell = await this.db.write(
      async (tx) => {
        const locked = await lockAll(
          tx,
          pieces.map((piece) => piece.locks()),
        );
        const tellers: (() => void)[] = [];
        for (const ofKind of kinds.values()) {
          const outcomes = await ofKind[0]?.run(tx, ofKind, locked);
          tellers.push(() => tellAll(ofKind, outcomes ?? []));
        }
        return tellers;
      },
      { timeoutMs },
    );
    for (const each of tell) each();
  }
}

function tellAll(pieces: readonly Piece[], outcomes: readonly Outcome<unknown>[]): void {
  for (const [position, { waiting }] of pieces.entries()) {
    const outcome = outcomes[position];
    if (!outcome) waiting.reject(new Error('a grouped write gave no outcome'));
    else if ('done' in outcome) waiting.resolve(outcome.done as never);
    else waiting.reject(outcome.refused);
  }
}
