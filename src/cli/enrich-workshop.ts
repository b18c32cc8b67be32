import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { moveArtifact } from '../artifacts/move-artifact.js';
import { publishArtifact } from '../stories/publish-artifact.js';
import { registerArtifact } from '../artifacts/register-artifact.js';
import { registerContent } from '../content/register-content.js';
import type { Context } from '../context.js';
import type { Artifact, SourceReference } from '../model/artifact.js';
import type { Step } from '../model/run.js';
import type { RunStage, StoryRole } from '../model/vocabulary.js';
import { completeStep } from '../runs/complete-step.js';
import { getRun } from '../runs/get-run.js';
import { moveRun } from '../runs/move-run.js';
import { recordRunArtifact } from '../runs/record-run-artifact.js';
import { startRun } from '../runs/start-run.js';
import { startStep } from '../runs/start-step.js';
import { getPrimaryArtifact } from '../stories/get-primary-artifact.js';
import { linkArtifact } from '../stories/link-artifact.js';
import {
  readWorkshopPlan,
  workshopFolder,
  type SampleArtifact,
  type SampleRun,
  type PlannedStep,
} from './workshop-plan.js';

const prefix = 'sample/workshop';
const imported: Record<string, StoryRole> = { cover: 'cover', text: 'story_text' };

/**
 * Artifacts by key, each from the moment when its making begins, so that what needs it waits for it and the rest
 * goes on. The imported ones of a story are looked up when they are first asked for.
 */
type Known = Map<string, Promise<Artifact>>;

/**
 * Runs of agents on top of the imported sample workshop, through the functions that real agents use: a film of nine
 * generations, readings that share one voice, a run that failed. External ids make it safe to repeat, and a
 * repetition goes on where an earlier one was stopped.
 * @throws NotFound when the sample workshop has not been imported
 */
export async function enrichWorkshop(ctx: Context): Promise<void> {
  const workshop = { ...ctx, actor: 'workshop agents' };
  const { voice, runs } = await readWorkshopPlan();
  const known: Known = new Map();
  await Promise.all(voice.map((one) => make(workshop, one, { known, storyId: null, stepId: null })));
  await Promise.all(runs.map((run) => perform(workshop, run, new Map(known))));
}

async function perform(ctx: Context, planned: SampleRun, known: Known): Promise<void> {
  const { workflowType, storyId, key } = planned;
  const run = await startRun(ctx, { workflowType, storyId, externalId: `${prefix}/${key}` });
  if (run.status !== 'pending' && run.status !== 'running') return;
  if (run.status === 'pending') await moveRun(ctx, { id: run.id, to: 'running' });
  const { steps } = await getRun(ctx, run.id);
  for (const [order, step] of planned.steps.entries()) {
    await takeStep(ctx, step, {
      ...{ runId: run.id, storyId, order, known },
      earlier: steps.find((candidate) => candidate.order === order),
    });
  }
  const to = planned.steps.some(({ error }) => error !== undefined) ? 'failed' : 'completed';
  await moveRun(ctx, { id: run.id, to, summary: planned.summary });
}

interface Place {
  runId: string;
  storyId: string;
  order: number;
  known: Known;
  /** The same step of an attempt that was stopped. */
  earlier: Step | undefined;
}

async function takeStep(ctx: Context, planned: PlannedStep, place: Place): Promise<void> {
  const { runId, storyId, order, known, earlier } = place;
  const own = new Set(planned.makes.map(({ key }) => key));
  const named = planned.makes.flatMap(({ from }) => from.map(keyOf)).filter((key) => !own.has(key));
  const used = await Promise.all([...new Set(named)].map((key) => find(ctx, key, { known, storyId })));
  const uses = used.map(({ id }) => id);
  const { name, model, output, error } = planned;
  const step = earlier ?? (await startStep(ctx, { runId, name, order, model: model ?? null, uses }));
  const made = planned.makes.map(async (one) => {
    const artifactId = await make(ctx, one, { known, storyId, stepId: step.id });
    await recordRunArtifact(ctx, { runId, artifactId, stage: stageOf(one) });
  });
  await Promise.all(made);
  if (step.status !== 'running') return;
  const status = error === undefined ? 'completed' : 'failed';
  await completeStep(ctx, { id: step.id, output, status, error: error ?? null });
}

const keyOf = (source: SampleArtifact['from'][number]): string =>
  typeof source === 'string' ? source : source[0];

function stageOf({ state }: SampleArtifact): RunStage {
  if (state === 'published') return 'approved';
  return state === 'archived' ? 'failed' : 'generated';
}

function find(
  ctx: Context,
  key: string,
  { known, storyId }: Pick<Made, 'known' | 'storyId'>,
): Promise<Artifact> {
  const found = known.get(key);
  if (found !== undefined) return found;
  const role = imported[key];
  if (role === undefined || storyId === null) throw new Error(`the plan speaks of ${key} before it is made`);
  const looked = getPrimaryArtifact(ctx, { storyId, role });
  known.set(key, looked);
  return looked;
}

interface Made {
  known: Known;
  storyId: string | null;
  stepId: string | null;
}

/** The artifact of the plan in its state and its place in the story, made now or by an earlier attempt. */
async function make(ctx: Context, planned: SampleArtifact, made: Made): Promise<string> {
  const registered = register(ctx, planned, made);
  made.known.set(planned.key, registered);
  const artifact = await registered;
  await finish(ctx, artifact, planned, made.storyId);
  return artifact.id;
}

async function register(ctx: Context, planned: SampleArtifact, made: Made): Promise<Artifact> {
  const { key, type, description, payload, file } = planned;
  const sources = await Promise.all(
    planned.from.map(async (source): Promise<SourceReference> => ({
      artifactId: (await find(ctx, keyOf(source), made)).id,
      type: typeof source === 'string' ? 'DERIVED_FROM' : source[1],
    })),
  );
  const input = {
    ...{ type, description, sources, payload: payload ?? null },
    externalId: `${prefix}/${key}`,
    createdByStepId: made.stepId,
    createdByAgent: made.stepId === null ? 'voice booth' : 'workshop agents',
  };
  return file === undefined
    ? registerArtifact(ctx, input)
    : registerContent(ctx, input, createReadStream(join(workshopFolder, 'extra', file)));
}

/** Brings an artifact into its state and its place in the story, from wherever an earlier attempt left it. */
async function finish(
  ctx: Context,
  { id, lifecycleState }: Artifact,
  { state, role }: SampleArtifact,
  storyId: string | null,
): Promise<void> {
  if (storyId !== null && role) {
    const { name, ...facts } = role;
    await linkArtifact(ctx, { storyId, artifactId: id, role: name, ...facts });
  }
  if (state === undefined || lifecycleState === state) return;
  if (state === 'archived') return void (await moveArtifact(ctx, { id, to: state }));
  if (lifecycleState === 'intermediate') await moveArtifact(ctx, { id, to: 'candidate' });
  if (state === 'published') await publishArtifact(ctx, { id });
}
