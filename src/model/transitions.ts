import type { LifecycleState, RunStatus, StepStatus } from './vocabulary.js';

/** Allowed moves: from → to. Whatever is not listed is refused, by the service and by the database guard. */
export const lifecycleMoves: Record<LifecycleState, readonly LifecycleState[]> = {
  intermediate: ['candidate', 'archived'],
  candidate: ['published', 'archived'],
  published: ['archived'],
  archived: ['archived'],
};

/** `pending` may end without having run: a queue can cancel or fail what it never started. */
export const runMoves: Record<RunStatus, readonly RunStatus[]> = {
  pending: ['running', 'completed', 'failed', 'cancelled'],
  running: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
};

export const stepMoves: Record<StepStatus, readonly StepStatus[]> = {
  pending: ['running', 'completed', 'failed'],
  running: ['completed', 'failed'],
  completed: [],
  failed: [],
};
