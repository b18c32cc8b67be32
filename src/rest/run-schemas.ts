import { z } from 'zod';
import {
  completeStepInput,
  startRunInput,
  startStepInput,
  type Run,
  type RunArtifact,
  type Step,
} from '../model/run.js';
import {
  runStage,
  runStages,
  runStatus,
  runStatuses,
  stepStatuses,
  workflowTypes,
} from '../model/vocabulary.js';
import { artifactOut } from './artifact-schemas.js';
import { count, id, idParam, isoTime, isoTimeOrNull, json, time } from './schema-parts.js';

const text = z.string().nullable();

export const runIn = z
  .strictObject({
    workflow_type: startRunInput.shape.workflowType,
    story_id: id.nullish(),
    session_id: startRunInput.shape.sessionId,
    external_id: startRunInput.shape.externalId,
  })
  .transform((body) => ({
    workflowType: body.workflow_type,
    storyId: body.story_id,
    sessionId: body.session_id,
    externalId: body.external_id,
  }))
  .meta({ id: 'NewRun' });

export const runOut = z
  .object({
    run_id: z.string(),
    workflow_type: z.enum(workflowTypes),
    status: z.enum(runStatuses),
    story_id: text,
    session_id: text,
    external_id: text,
    summary: json,
    created_at: time,
    started_at: time.nullable(),
    completed_at: time.nullable(),
  })
  .meta({ id: 'Run' });

export function runBody(run: Run): z.input<typeof runOut> {
  return {
    run_id: run.id,
    workflow_type: run.workflowType,
    status: run.status,
    story_id: run.storyId,
    session_id: run.sessionId,
    external_id: run.externalId,
    summary: run.summary,
    created_at: isoTime(run.createdAt),
    started_at: isoTimeOrNull(run.startedAt),
    completed_at: isoTimeOrNull(run.completedAt),
  };
}

export const runStatusIn = z
  .strictObject({ status: runStatus, summary: json.nullish() })
  .meta({ id: 'NewRunStatus' });

const stepFields = startStepInput.shape;
export const stepIn = z
  .strictObject({
    step_name: stepFields.name,
    step_order: stepFields.order,
    input_data: json.nullish(),
    model: stepFields.model,
    prompt_hash: stepFields.promptHash,
    uses: z.array(id).max(1000).default([]),
  })
  .transform((body) => ({
    name: body.step_name,
    order: body.step_order,
    input: body.input_data,
    model: body.model,
    promptHash: body.prompt_hash,
    uses: body.uses,
  }))
  .meta({ id: 'NewStep' });

export const stepResultIn = z
  .strictObject({
    output_data: json.nullish(),
    status: completeStepInput.shape.status,
    error: completeStepInput.shape.error,
  })
  .transform(({ output_data, ...result }) => ({ ...result, output: output_data }))
  .meta({ id: 'StepResult' });

export const stepOut = z
  .object({
    step_id: z.string(),
    run_id: z.string(),
    step_name: z.string(),
    step_order: count,
    status: z.enum(stepStatuses),
    input_data: json,
    output_data: json,
    error: text,
    model: text,
    prompt_hash: text,
    uses: z.array(z.string()),
    created_at: time,
    started_at: time.nullable(),
    completed_at: time.nullable(),
  })
  .meta({ id: 'Step' });

export function stepBody(step: Step): z.input<typeof stepOut> {
  return {
    step_id: step.id,
    run_id: step.runId,
    step_name: step.name,
    step_order: step.order,
    status: step.status,
    input_data: step.input,
    output_data: step.output,
    error: step.error,
    model: step.model,
    prompt_hash: step.promptHash,
    uses: step.uses,
    created_at: isoTime(step.createdAt),
    started_at: isoTimeOrNull(step.startedAt),
    completed_at: isoTimeOrNull(step.completedAt),
  };
}

export const runArtifactIn = z
  .strictObject({ artifact_id: id, stage: runStage })
  .transform(({ artifact_id, stage }) => ({ artifactId: artifact_id, stage }))
  .meta({ id: 'NewRunArtifact' });

export const runArtifactOut = z
  .object({
    link_id: z.string(),
    run_id: z.string(),
    artifact_id: z.string(),
    stage: z.enum(runStages),
    created_at: time,
  })
  .meta({ id: 'RunArtifact' });

export function runArtifactBody(link: RunArtifact): z.input<typeof runArtifactOut> {
  return {
    link_id: link.id,
    run_id: link.runId,
    artifact_id: link.artifactId,
    stage: link.stage,
    created_at: isoTime(link.createdAt),
  };
}

export const runWithPartsOut = z
  .object({
    run: runOut,
    steps: z.array(stepOut),
    artifacts: z.array(artifactOut),
    links: z.array(runArtifactOut),
  })
  .meta({ id: 'RunWithParts' });

export const runParams = z.object({ id: idParam });
export const stepParams = z.object({ id: idParam });
