import { z } from 'zod';
import { recordEvents } from '../audit/record-events.js';
import type { Locked } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict, InvalidInput, NotFound, type AppError } from '../errors.js';
import type { Artifact } from '../model/artifact.js';
import { lifecycleMoves } from '../model/transitions.js';
import { lifecycleState, type LifecycleState } from '../model/vocabulary.js';

const setLifecycle = statement('artifacts/set-lifecycle.cypher', {
  params: z.object({
    moves: z.array(z.object({ id: z.string(), from: lifecycleState, to: lifecycleState })),
  }),
  row: z.object({ id: z.string() }),
});

/** `from` is the state in which the caller saw the artifact; `now` in milliseconds since 1970 UTC. */
export interface Move {
  id: string;
  from: LifecycleState;
  to: LifecycleState;
  actor: string;
  now: number;
}

/** @throws InvalidInput `illegal_transition` */
export function allowMove({ id, lifecycleState: from }: Artifact, to: LifecycleState): void {
  if (lifecycleMoves[from].includes(to)) return;
  const message = `artifact ${id} is ${from}; it can move to ${lifecycleMoves[from].join(' or ')}, not to ${to}`;
  throw new InvalidInput(message, [{ path: 'to', message }], 'illegal_transition');
}

/** Why a move may no longer be made under the lock, or null; an accepted move counts for those after it. */
export function changedMeanwhile({ id, from, to }: Move, locked: Locked): AppError | null {
  const artifact = locked.artifacts.get(id);
  if (!artifact) return new NotFound('artifact', id);
  if (artifact.lifecycleState !== from) {
    const found = artifact.lifecycleState;
    return new Conflict(`artifact ${id} became ${found} meanwhile`, 'conflict', { expected: from, found });
  }
  locked.artifacts.set(id, { ...artifact, lifecycleState: to });
  return null;
}

/** Moves artifacts whose locks the transaction holds. */
export async function writeMoves(tx: Transaction, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.many(setLifecycle, { moves: moves.map(({ id, from, to }) => ({ id, from, to })) });
  await recordEvents(
    tx,
    moves.map(({ id, from, to, actor }) => ({
      actor,
      action: 'artifact.moved',
      nodeLabel: 'Artifact',
      nodeId: id,
      before: from,
      after: to,
    })),
  );
}
