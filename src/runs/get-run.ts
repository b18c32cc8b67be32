import { z } from 'zod';
import { artifactRow } from '../artifacts/artifact-row.js';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import type { Artifact } from '../model/artifact.js';
import type { Run, RunArtifact, Step } from '../model/run.js';
import { runArtifactRow, runRow, stepRow } from './run-row.js';

const readRun = statement('runs/read-run.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({
    run: runRow,
    steps: z.array(stepRow),
    artifacts: z.array(artifactRow),
    links: z.array(runArtifactRow),
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
