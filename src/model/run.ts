import { z } from 'zod';
import { entity, givenShape, type ValueOf } from './entity.js';
import { maxInt } from './exact-number.js';
import { externalId, id, time } from './identifiers.js';
import { json, maxJsonBytes, upTo, wellFormed } from './json.js';
import { listOf } from './list.js';
import { runStage, runStatus, stepStatus, workflowType } from './vocabulary.js';

const note = upTo(maxJsonBytes, json, 'record more as an artifact, and give its id here');
/** Artifacts that go into one step. */
export const maxUses = 1000;

/** One execution of a workflow. Times are milliseconds since 1970 in UTC. */
export const runEntity = entity(
  'run',
  { label: 'Run' },
  {
    id: { shape: id, stored: 'text', rest: 'run_id' },
    workflowType: { shape: workflowType, stored: 'text', given: true },
    status: { shape: runStatus, stored: 'text', changes: true },
    storyId: { shape: id, stored: { via: 'RUN_OF', to: 'Story' }, optional: true, given: true },
    sessionId: { shape: wellFormed.max(500), stored: 'text', optional: true, given: true },
    externalId: { shape: externalId, stored: 'text', optional: true, given: true },
    summary: { shape: note, stored: 'json', optional: true, changes: true },
    createdAt: { shape: time, stored: 'time' },
    startedAt: { shape: time, stored: 'time', optional: true, changes: 'once' },
    completedAt: { shape: time, stored: 'time', optional: true, changes: 'once' },
  },
);
export type Run = ValueOf<typeof runEntity>;

/** One unit of work of an agent in a run. */
export const stepEntity = entity(
  'step',
  { label: 'Step' },
  {
    id: { shape: id, stored: 'text', rest: 'step_id' },
    runId: { shape: id, stored: { via: 'STEP_OF', to: 'Run' }, given: true },
    name: { shape: wellFormed.min(1).max(200), stored: 'text', rest: 'step_name', given: true },
    order: {
      shape: z.number().int().nonnegative().max(maxInt),
      stored: 'integer',
      rest: 'step_order',
      given: true,
    },
    status: { shape: stepStatus, stored: 'text', changes: true },
    input: { shape: note, stored: 'json', optional: true, rest: 'input_data', given: true },
    output: { shape: note, stored: 'json', optional: true, rest: 'output_data', changes: 'once' },
    error: { shape: wellFormed.max(20_000), stored: 'text', optional: true, changes: 'once' },
    model: { shape: wellFormed.max(200), stored: 'text', optional: true, given: true },
    promptHash: { shape: wellFormed.max(200), stored: 'text', optional: true, given: true },
    uses: { shape: listOf(id, maxUses), stored: { via: 'USED', to: 'Artifact', many: true } },
    createdAt: { shape: time, stored: 'time' },
    startedAt: { shape: time, stored: 'time', optional: true, changes: 'once' },
    completedAt: { shape: time, stored: 'time', optional: true, changes: 'once' },
  },
);
export type Step = ValueOf<typeof stepEntity>;

/** The stage that an artifact reached in a run. */
export const runArtifactEntity = entity(
  'runArtifact',
  { types: ['RECORDED'], from: 'Run', to: 'Artifact' },
  {
    id: { shape: id, stored: 'text', rest: 'link_id' },
    runId: { shape: id, stored: { end: 'start' } },
    artifactId: { shape: id, stored: { end: 'end' } },
    stage: { shape: runStage, stored: 'text' },
    createdAt: { shape: time, stored: 'time' },
  },
  { linkKey: 'runId|artifactId|stage' },
);
export type RunArtifact = ValueOf<typeof runArtifactEntity>;

export const startRunInput = z.strictObject(givenShape(runEntity));

export const moveRunInput = z.strictObject({ id, to: runStatus, summary: note.nullish() });
export type MoveRunInput = z.infer<typeof moveRunInput>;

export const startStepInput = z.strictObject({
  ...givenShape(stepEntity),
  uses: stepEntity.properties.uses.shape.default([]),
});

export const completeStepInput = z.strictObject({
  id,
  output: note.nullish(),
  status: z.enum(['completed', 'failed']).default('completed'),
  error: stepEntity.properties.error.shape.nullish(),
});
export type CompleteStepInput = z.infer<typeof completeStepInput>;

export const recordRunArtifactInput = z.strictObject({ runId: id, artifactId: id, stage: runStage });
export type RecordRunArtifactInput = z.infer<typeof recordRunArtifactInput>;
