import type { Context } from '../../src/context.js';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';

/** A story as a workshop makes it: one run of five steps, a hundred artifacts with two sources each, a cover. */
export const artifactsPerStory = 100;
const storiesAtOnce = 20;

const types = ['image', 'audio', 'text', 'json', 'image'];
const agents = ['illustrator', 'narrator', 'story_writer', 'safety_reviewer', 'film_editor'];
const steps = ['vision_analysis', 'story_generation', 'tts_generation', 'safety_check', 'video_render'];
const things = 'moon bear dragon forest lantern river kite whale snail garden comet lighthouse'.split(' ');

/** One of a list, again and again in turn. */
function turn<T>(list: readonly T[], n: number): T {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
}

/** Ids and external ids can be computed, so that a benchmark knows them without asking. */
export const storyId = (story: number): string => `bench-story-${story}`;
export const externalId = (artifact: number): string => `bench:${artifact}`;

/** Records stories through the service's own functions, with the guard, audit events and all. */
export async function addStories(ctx: Context, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  for (let at = 0; at < numbers.length; at += storiesAtOnce) {
    const group = numbers.slice(at, at + storiesAtOnce);
    const stepIds = await Promise.all(group.map((story) => addRun(ctx, story)));
    const made = group.map((story, n) => artifactsOf(story, stepIds[n] ?? []));
    const { artifacts } = await registerBatch(ctx, {
      artifacts: made.flatMap((one) => one.artifacts),
      relations: made.flatMap((one) => one.relations),
    });
    const ids = artifacts.map(({ artifactId }) => artifactId);
    await Promise.all([
      ...group.map((story, n) =>
        linkArtifact(ctx, { storyId: storyId(story), artifactId: ids[n * artifactsPerStory], role: 'cover' }),
      ),
      publish(
        ctx,
        ids.filter((_, n) => n % 5 < 2),
      ),
    ]);
    if (at % 500 === 0) console.error(`${(from + at) * artifactsPerStory} artifacts`);
  }
}

async function addRun(ctx: Context, story: number): Promise<string[]> {
  const id = storyId(story);
  await registerStory(ctx, {
    id,
    title: `The ${turn(things, story)} and the ${turn(things, story * 7 + 3)}, ${story}`,
  });
  const run = await startRun(ctx, { workflowType: 'image_to_story', storyId: id });
  const started = steps.map((name, n) => startStep(ctx, { runId: run.id, name, order: n + 1 }));
  return (await Promise.all(started)).map((step) => step.id);
}

function artifactsOf(story: number, stepIds: readonly string[]) {
  const numbers = Array.from({ length: artifactsPerStory }, (_, place) => ({
    place,
    n: story * artifactsPerStory + place,
  }));
  const artifacts = numbers.map(({ n }) => ({
    ref: externalId(n),
    externalId: externalId(n),
    type: turn(types, n),
    description: `The ${turn(things, n)} and the ${turn(things, n * 7 + 3)}, take ${n}`,
    path: `/data/scenes/${n}.png`,
    mimeType: 'image/png',
    sizeBytes: 48_213,
    metadata: { height: 1024, width: 1024, custom: { prompt: 'a fox by the sea, ink' } },
    createdByAgent: turn(agents, n),
    createdByStepId: turn(stepIds, n),
  }));
  const relations = numbers.flatMap(({ place, n }) =>
    [1 + (n % 3), 4 + (n % 5)]
      .filter((back) => back <= place)
      .map((back) => ({ product: externalId(n), source: externalId(n - back), type: 'DERIVED_FROM' })),
  );
  return { artifacts, relations };
}

/** Two fifths are published: past the service, as it moves one artifact at a time, and through the guard. */
async function publish({ db }: Context, ids: readonly string[]): Promise<void> {
  for (const state of ['candidate', 'published'])
    await db.driver.executeQuery(
      'UNWIND $ids AS id MATCH (a:Artifact {id: id}) SET a.lifecycleState = $state',
      { ids, state },
      { database: db.name },
    );
}
