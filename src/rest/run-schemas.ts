import { z } from 'zod';
import {
  completeStepInput,
  maxUses,
  runArtifactEntity,
  runEntity,
  stepEntity,
  type Run,
  type RunArtifact,
  type Step,
} from '../model/run.js';
import { listOf } from '../model/list.js';
import { runStage, runStatus } from '../model/vocabulary.js';
import { artifactOut } from './artifact-schemas.js';
import { answerBody, answerSchema, modelInput, requestShape } from './entity-schemas.js';
import { described, id, idParam } from './schema-parts.js';

export const runIn = z
  .strictObject(requestShape(runEntity))
  .transform((body) => modelInput(runEntity, body))
  .meta({ id: 'NewRun' });

export const runOut = answerSchema(runEntity, 'Run');
export const runBody: (run: Run) => z.input<typeof runOut> = answerBody(runEntity);

export const runStatusIn = z
  .strictObject({ status: runStatus, summary: described(runEntity.properties.summary.shape).nullish() })
  .meta({ id: 'NewRunStatus' });

const { run_id: _, ...stepFields } = requestShape(stepEntity);
export const stepIn = z
  .strictObject({ ...stepFields, uses: listOf(id, maxUses).default([]) })
  .transform((body) => modelInput(stepEntity, body))
  .meta({ id: 'NewStep' });

export const stepResultIn = z
  .strictObject({
    output_data: described(stepEntity.properties.output.shape).nullish(),
    status: completeStepInput.shape.status,
    error: completeStepInput.shape.error,
  })
  .transform((body) => modelInput(stepEntity, body))
  .meta({ id: 'StepResult' });

export const stepOut = answerSchema(stepEntity, 'Step');
export const stepBody: (step: Step) => z.input<typeof stepOut> = answerBody(stepEntity);

export const runArtifactIn = z
  .strictObject({ artifact_id: id, stage: runStage })
  .transform((body) => modelInput(runArtifactEntity, body))
  .meta({ id: 'NewRunArtifact' });

export const runArtifactOut = answerSchema(runArtifactEntity, 'RunArtifact');
export const runArtifactBody: (link: RunArtifact) => z.input<typeof runArtifactOut> =
  answerBody(runArtifactEntity);

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
