import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { json } from '../model/json.js';
import { artifactType, relationType, storyRole, workflowType } from '../model/vocabulary.js';
import { packageRoot } from '../package-root.js';

/** Where the sample workshop lies: its data, the plan of its runs, and the program that drew it. */
export const workshopFolder = join(packageRoot, 'examples', 'workshop');

/** An artifact is spoken of by its key, or as `cover` or `text`: the imported primary of the run's story. */
const source = z.union([z.string(), z.tuple([z.string(), relationType])]);

const plannedArtifact = z.strictObject({
  key: z.string(),
  type: artifactType,
  description: z.string(),
  from: z.array(source),
  /** In the folder `extra`; an artifact without a file has a payload. */
  file: z.string().optional(),
  payload: json.optional(),
  state: z.enum(['candidate', 'published', 'archived']).optional(),
  role: z
    .strictObject({ name: storyRole, isPrimary: z.boolean(), position: z.number().int().optional() })
    .optional(),
});

const plannedStep = z.strictObject({
  name: z.string(),
  model: z.string().optional(),
  output: json.nullable(),
  error: z.string().optional(),
  makes: z.array(plannedArtifact),
});

const plannedRun = z.strictObject({
  key: z.string(),
  storyId: z.string(),
  workflowType,
  steps: z.array(plannedStep),
  summary: json,
});

const plan = z.strictObject({
  /** Recorded once, in no run: every later reading is made with this voice. */
  voice: z.array(plannedArtifact),
  runs: z.array(plannedRun),
});

export type SampleArtifact = z.infer<typeof plannedArtifact>;
export type PlannedStep = z.infer<typeof plannedStep>;
export type SampleRun = z.infer<typeof plannedRun>;

/** What agents are said to have done after the old workshop was imported. */
export async function readWorkshopPlan(): Promise<z.infer<typeof plan>> {
  return plan.parse(JSON.parse(await readFile(join(workshopFolder, 'runs.json'), 'utf8')));
}
