import { z } from 'zod';
import type { Artifact } from '../model/artifact.js';
import { artifactType, lifecycleState, runStatus, stepStatus } from '../model/vocabulary.js';
import type { RunStatus, StepStatus } from '../model/vocabulary.js';
import { statement } from './statement.js';
import type { Transaction } from './transaction.js';

const ids = z.object({ ids: z.array(z.string()) });
const lockArtifacts = statement('locks/lock-artifacts.cypher', {
  params: ids,
  row: z.object({ id: z.string(), type: artifactType, generation: z.number(), lifecycleState }),
});
const lockStories = statement('locks/lock-stories.cypher', {
  params: ids,
  row: z.object({ id: z.string() }),
});
const lockRuns = statement('locks/lock-runs.cypher', {
  params: ids,
  row: z.object({ id: z.string(), status: runStatus }),
});
const lockSteps = statement('locks/lock-steps.cypher', {
  params: ids,
  row: z.object({ id: z.string(), status: stepStatus }),
});

/** Ids of nodes whose write lock a piece of work needs before it reads anything of them. */
export interface LockRequest {
  stories?: readonly string[];
  runs?: readonly string[];
  steps?: readonly string[];
  artifacts?: readonly string[];
}

/** What was found under the locks. Ids that do not exist are missing. Writers keep it up to date within a transaction. */
export interface Locked {
  stories: Set<string>;
  runs: Map<string, { status: RunStatus }>;
  steps: Map<string, { status: StepStatus }>;
  artifacts: Map<string, Pick<Artifact, 'type' | 'generation' | 'lifecycleState'>>;
}

function sortedUnion(
  requests: readonly LockRequest[],
  pick: (request: LockRequest) => readonly string[] | undefined,
): string[] {
  return [...new Set(requests.flatMap((request) => pick(request) ?? []))].sort();
}

function byId<T extends { id: string }>(rows: T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Locks everything in one global order (stories, runs, steps, artifacts; each by id), so that writers wait for each
 * other instead of meeting in a deadlock.
 */
export async function lockAll(tx: Transaction, requests: readonly LockRequest[]): Promise<Locked> {
  const stories = sortedUnion(requests, (request) => request.stories);
  const runs = sortedUnion(requests, (request) => request.runs);
  const steps = sortedUnion(requests, (request) => request.steps);
  const artifacts = sortedUnion(requests, (request) => request.artifacts);
  return {
    stories: new Set(
      stories.length > 0 ? (await tx.many(lockStories, { ids: stories })).map(({ id }) => id) : [],
    ),
    runs: byId(runs.length > 0 ? await tx.many(lockRuns, { ids: runs }) : []),
    steps: byId(steps.length > 0 ? await tx.many(lockSteps, { ids: steps }) : []),
    artifacts: byId(artifacts.length > 0 ? await lockArtifactsInOrder(tx, artifacts) : []),
  };
}

export function lockArtifactsInOrder(tx: Transaction, artifactIds: readonly string[]) {
  return tx.many(lockArtifacts, { ids: [...artifactIds].sort() });
}

const lockGenerations = statement('locks/lock-generations.cypher', {
  params: z.object({}),
  row: z.object({ name: z.string() }),
});

/** Waits for, then holds, the right to lift generations until the transaction ends. */
export async function lockGenerationLifts(tx: Transaction): Promise<void> {
  await tx.one(lockGenerations, {});
}
