import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { rowOf } from '../model/stored.js';
import {
  runArtifactEntity,
  runEntity,
  stepEntity,
  type Run,
  type RunArtifact,
  type Step,
} from '../model/run.js';

const readRun = statement('runs/read-run.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({
    run: rowOf(runEntity),
    steps: z.array(rowOf(stepEntity)),
    artifacts: z.array(rowOf(artifactEntity)),
    links: z.array(rowOf(runArtifactEntity)),
  }),
});

export interface RunWithParts {
  run: Run;
  /** By order, then time. */
  steps: Step[];
  /** Created by the run's steps or recorded in the run; newest first, each once. */
  artifacts: Artifact[];
  /** The stages recorded, oldest first. */
  links: RunArtifact[];
}

/** @throws NotFound */
export async function getRun({ db }: Context, id: string): Promise<RunWithParts> {
  const found = await db.maybeOne(readRun, { id });
  if (!found) throw new NotFound('run', id);
  return found;
}
