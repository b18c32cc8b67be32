import { z } from 'zod';
import { externalId, id } from './artifact.js';
import { json, wellFormed, type Json } from './json.js';
import {
  runStage,
  runStatus,
  workflowType,
  type RunStage,
  type RunStatus,
  type StepStatus,
  type WorkflowType,
} from './vocabulary.js';

export const startRunInput = z.strictObject({
  workflowType,
  storyId: id.nullish(),
  sessionId: wellFormed.max(500).nullish(),
  externalId: externalId.nullish(),
});

export const moveRunInput = z.strictObject({ id, to: runStatus, summary: json.nullish() });
export type MoveRunInput = z.infer<typeof moveRunInput>;

export const startStepInput = z.strictObject({
  runId: id,
  name: wellFormed.min(1).max(200),
  order: z.number().int().nonnegative(),
  input: json.nullish(),
  model: wellFormed.max(200).nullish(),
  promptHash: wellFormed.max(200).nullish(),
  uses: z.array(id).max(1000).default([]),
});

export const completeStepInput = z.strictObject({
  id,
  output: json.nullish(),
  status: z.enum(['completed', 'failed']).default('completed'),
  error: wellFormed.max(20_000).nullish(),
});
export type CompleteStepInput = z.infer<typeof completeStepInput>;

export const recordRunArtifactInput = z.strictObject({ runId: id, artifactId: id, stage: runStage });
export type RecordRunArtifactInput = z.infer<typeof recordRunArtifactInput>;

/** Times are milliseconds since 1970 in UTC. */
export interface Run {
  id: string;
  workflowType: WorkflowType;
  status: RunStatus;
  storyId: string | null;
  sessionId: string | null;
  externalId: string | null;
  summary: Json;
  createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
}

export interface Step {
  id: string;
  runId: string;
  name: string;
  order: number;
  status: StepStatus;
  input: Json;
  output: Json;
  error: string | null;
  model: string | null;
  promptHash: string | null;
  uses: string[];
  createdAt: number;
  startedAt: number | null;
  completedAt: number | null;
}

export interface RunArtifact {
  id: string;
  runId: string;
  artifactId: string;
  stage: RunStage;
  createdAt: number;
}
