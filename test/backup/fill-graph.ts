import { registerBatch } from '../../src/artifacts/register-batch.js';
import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { bindStore } from '../../src/content/bind-store.js';
import { collectGarbage } from '../../src/content/collect-garbage.js';
import { registerContent } from '../../src/content/register-content.js';
import { completeStep } from '../../src/runs/complete-step.js';
import { recordRunArtifact } from '../../src/runs/record-run-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { toAsync, verified } from '../contract/content-store.js';
import { typeStatement, type TestContext } from '../support/graph.js';

/** One of everything that the service writes, and what only a statement typed by hand would. */
export async function fillGraph(opened: TestContext): Promise<void> {
  const { ctx } = opened;
  const story = await registerStory(ctx, { title: 'The "red" kite\u2028 and\n\u0000 the tab\t🪁' });
  const run = await startRun(ctx, { workflowType: 'image_to_story', storyId: story.id });
  const photo = await registerContent(ctx, { type: 'text' }, toAsync([Buffer.from('a photo')]));
  const step = await startStep(ctx, { runId: run.id, name: 'tts_generation', order: 1, uses: [photo.id] });
  const made = await registerArtifact(ctx, {
    type: 'json',
    payload: { lines: ['one', 'two'], n: 1.5 },
    safetyScore: 1,
    createdByStepId: step.id,
    sources: [{ artifactId: photo.id, type: 'DERIVED_FROM', metadata: { crop: [0, 0, 10, 10] } }],
  });
  await completeStep(ctx, { id: step.id, output: { artifact: made.id } });
  await recordRunArtifact(ctx, { runId: run.id, artifactId: made.id, stage: 'generated' });
  await moveArtifact(ctx, { id: made.id, to: 'candidate' });
  await moveArtifact(ctx, { id: made.id, to: 'published' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: made.id, role: 'story_text' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: photo.id, role: 'story_text', isPrimary: false });
  await liftGenerations(opened, made.id);
  await ctx.content.put(verified(Buffer.from('nobody refers to these bytes')));
  await bindStore(ctx);
  const later = { ...ctx, clock: () => new Date(Date.now() + 3 * 86_400_000) };
  await collectGarbage(later, { quarantineMs: 0, force: true });
  await typeOthers(opened);
}

/** An edge between existing artifacts, which raises what is below it. */
async function liftGenerations({ ctx }: TestContext, sourceId: string): Promise<void> {
  const { artifacts } = await registerBatch(ctx, {
    artifacts: Array.from({ length: 30 }, (_, at) => ({
      ref: `a${at}`,
      type: 'image',
      description: `picture ${at}`,
    })),
    relations: Array.from({ length: 29 }, (_, at) => ({
      product: `a${at + 1}`,
      source: `a${at}`,
      type: 'VARIANT_OF',
    })),
  });
  const productId = artifacts[0]?.artifactId;
  await relateArtifacts(ctx, { productId, sourceId, type: 'TRANSCODED_FROM' });
}

async function typeOthers(opened: TestContext): Promise<void> {
  await typeStatement(
    opened,
    `CREATE (:LegacyImport {key: 'old|1', artifactIds: ['a', 'b'], runIds: [], madeStory: false, at: datetime()})
     CREATE (:IdempotencyKey {key: 'k', digest: 'd', status: 201, createdAt: datetime('2026-01-02T03:04:05.123456789Z')})
     CREATE (:Story {id: 'old', createdAt: datetime(), text: 'with old columns', count: 42, score: 3.0, nan: 0.0 / 0.0,
       endless: 1.0 / 0.0, none: [], flags: [true, false], weights: [0.5, 2.0],
       times: [datetime('2026-06-01T12:00+02:00'), datetime('2026-06-01T12:00[Europe/Berlin]')]})`,
  );
}
