import { z } from 'zod';
import { canonicalJson, parseStoredJson, type Json } from '../model/json.js';
import type { Run, RunArtifact, Step } from '../model/run.js';
import { runStage, runStatus, stepStatus, workflowType } from '../model/vocabulary.js';

const text = z.string().nullish();
const time = z.number().nullish();

export function storeJson(value: Json | undefined): string | null {
  return value === undefined || value === null ? null : canonicalJson(value);
}

const readJson = (stored: string | null | undefined): Json =>
  typeof stored === 'string' ? parseStoredJson(stored) : null;

/** A run as Cypher gives it: `run {.*, createdAt: run.createdAt.epochMillis, …, storyId: …}`. */
export const runRow = z
  .object({
    id: z.string(),
    workflowType,
    status: runStatus,
    storyId: text,
    sessionId: text,
    externalId: text,
    summary: text,
    createdAt: z.number(),
    startedAt: time,
    completedAt: time,
  })
  .transform((row): Run => ({
    ...row,
    storyId: row.storyId ?? null,
    sessionId: row.sessionId ?? null,
    externalId: row.externalId ?? null,
    summary: readJson(row.summary),
    startedAt: row.startedAt ?? null,
    completedAt: row.completedAt ?? null,
  }));

/** A step as Cypher gives it: `step {.*, runId: …, uses: […], createdAt: step.createdAt.epochMillis, …}`. */
export const stepRow = z
  .object({
    id: z.string(),
    runId: z.string(),
    name: z.string(),
    order: z.number(),
    status: stepStatus,
    input: text,
    output: text,
    error: text,
    model: text,
    promptHash: text,
    uses: z.array(z.string()),
    createdAt: z.number(),
    startedAt: time,
    completedAt: time,
  })
  .transform((row): Step => ({
    ...row,
    input: readJson(row.input),
    output: readJson(row.output),
    error: row.error ?? null,
    model: row.model ?? null,
    promptHash: row.promptHash ?? null,
    startedAt: row.startedAt ?? null,
    completedAt: row.completedAt ?? null,
  }));

export const runArtifactRow = z.object({
  id: z.string(),
  runId: z.string(),
  artifactId: z.string(),
  stage: runStage,
  createdAt: z.number(),
}) satisfies z.ZodType<RunArtifact>;
