import { z } from 'zod';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { stageKey } from '../model/keys.js';
import {
  runArtifactEntity,
  runEntity,
  stepEntity,
  type Run,
  type RunArtifact,
  type Step,
} from '../model/run.js';
import { columnsOf } from '../model/stored.js';

const insertRuns = statement('runs/insert-runs.cypher', {
  params: z.object({ runs: columnsOf(runEntity) }),
  row: z.never(),
});
const setCurrentRuns = statement('runs/set-current-runs.cypher', {
  params: z.object({ rows: z.array(z.object({ storyId: z.string(), runId: z.string() })) }),
  row: z.never(),
});
const insertSteps = statement('runs/insert-steps.cypher', {
  params: z.object({ steps: columnsOf(stepEntity) }),
  row: z.never(),
});
const insertRunArtifacts = statement('runs/insert-run-artifacts.cypher', {
  params: z.object({ records: columnsOf(runArtifactEntity) }),
  row: z.never(),
});

/*
 * The only statements that create runs, steps and stages. Nothing is checked here, and no audit event written: the
 * callers hold the locks and know what happened.
 */

/** Creates runs, joined to their stories. */
export async function writeRuns(tx: Transaction, runs: readonly Run[]): Promise<void> {
  if (runs.length > 0) await tx.exec(insertRuns, { runs });
}

/** Makes runs the current ones of their stories; of several of one story the last. */
export async function writeCurrentRuns(
  tx: Transaction,
  runs: readonly { id: string; storyId: string | null }[],
): Promise<void> {
  const last = new Map(runs.map(({ id, storyId }) => [storyId, id]));
  const rows = [...last].flatMap(([storyId, runId]) => (storyId === null ? [] : [{ storyId, runId }]));
  if (rows.length > 0) await tx.exec(setCurrentRuns, { rows });
}

/** Creates steps of runs that exist, with the artifacts that they use. */
export async function writeSteps(tx: Transaction, steps: readonly Step[]): Promise<void> {
  if (steps.length > 0) await tx.exec(insertSteps, { steps });
}

/** Records stages that are not recorded yet. */
export async function writeRunArtifacts(tx: Transaction, records: readonly RunArtifact[]): Promise<void> {
  if (records.length === 0) return;
  await tx.exec(insertRunArtifacts, {
    records: records.map((record) => ({ ...record, linkKey: stageKey(record) })),
  });
}
