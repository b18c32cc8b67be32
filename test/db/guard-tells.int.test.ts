import { moveArtifact } from '../../src/artifacts/move-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { completeStep } from '../../src/runs/complete-step.js';
import { moveRun } from '../../src/runs/move-run.js';
import { recordRunArtifact } from '../../src/runs/record-run-artifact.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test: TestContext;
beforeAll(async () => {
  test = await openTestContext();
});
afterAll(() => test.close());

/** The actions that the guard told of these nodes, because nobody else did. */
async function toldByGuard(...ids: string[]): Promise<unknown[]> {
  const text = `MATCH (e:AuditEvent {actor: 'direct statement'}) WHERE e.nodeId IN $ids
    RETURN e.action AS action, e.nodeLabel AS label ORDER BY action`;
  const rows = await typeStatement(test, text, { ids });
  return rows.map(({ action, label }) => `${String(action)} ${String(label)}`);
}

/** A story with a run that has made a cover and another one, all told by the service. */
async function seed() {
  const { ctx } = test;
  const story = await registerStory(ctx, { title: 'Bear' });
  const run = await startRun(ctx, { workflowType: 'kids_daily', storyId: story.id });
  const step = await startStep(ctx, { runId: run.id, name: 'draw', order: 1 });
  const cover = await registerArtifact(ctx, { type: 'image', createdByStepId: step.id });
  const other = await registerArtifact(ctx, { type: 'image' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: cover.id, role: 'cover' });
  await linkArtifact(ctx, { storyId: story.id, artifactId: other.id, role: 'cover', isPrimary: false });
  return { story: story.id, run: run.id, step: step.id, cover: cover.id, other: other.id };
}

it('the guard tells nothing of what the service does, which tells it itself', async () => {
  const { ctx } = test;
  const { story, run, step, cover, other } = await seed();
  await linkArtifact(ctx, { storyId: story, artifactId: other, role: 'cover' });
  await linkArtifact(ctx, { storyId: story, artifactId: other, role: 'cover', position: 3 });
  await linkArtifact(ctx, { storyId: story, artifactId: other, role: 'cover', isPrimary: false });
  await Promise.all(
    [cover, other].map((artifactId) => linkArtifact(ctx, { storyId: story, artifactId, role: 'cover' })),
  );
  await moveArtifact(ctx, { id: cover, to: 'candidate' });
  await recordRunArtifact(ctx, { runId: run, artifactId: cover, stage: 'generated' });
  await completeStep(ctx, { id: step, output: { n: 1 } });
  await moveRun(ctx, { id: run, to: 'running' });
  await moveRun(ctx, { id: run, to: 'completed', summary: { n: 1 } });
  const late = await registerArtifact(ctx, {
    type: 'image',
    sources: [{ artifactId: cover, type: 'DERIVED_FROM' }],
  });
  await relateArtifacts(ctx, { productId: late.id, sourceId: other, type: 'DERIVED_FROM' });
  const { artifacts } = await registerBatch(ctx, {
    artifacts: [
      { ref: 'a', type: 'image' },
      { ref: 'b', type: 'image', sources: [{ artifactId: 'a', type: 'VARIANT_OF' }] },
    ],
    relations: [{ product: late.id, source: cover, type: 'VARIANT_OF' }],
  });
  const ids = [story, run, step, cover, other, late.id, ...artifacts.map(({ artifactId }) => artifactId)];
  expect(await toldByGuard(...ids)).toEqual([]);
});

/** Statements that nobody tells, or that a bare event pretends to tell; what the guard says of them, and of what. */
const untold: [what: string, of: string, expected: string[], text: string][] = [
  [
    'an artifact',
    'fresh',
    ['artifact.registered Artifact'],
    "CREATE (:Artifact {id: $fresh, type: 'image', lifecycleState: 'published', generation: toInteger(0), createdAt: datetime()})",
  ],
  [
    'an artifact beside an event without an action',
    'fresh',
    ['artifact.registered Artifact'],
    `CREATE (:AuditEvent {at: datetime(), actor: 'maria', nodeId: $fresh})
     CREATE (:Artifact {id: $fresh, type: 'image', lifecycleState: 'published', generation: toInteger(0), createdAt: datetime()})`,
  ],
  ['a story', 'fresh', ['story.registered Story'], 'CREATE (:Story {id: $fresh, createdAt: datetime()})'],
  [
    'the title of a story',
    'story',
    ['guard.changed Story'],
    "MATCH (s:Story {id: $story}) SET s.title = 'Wolf'",
  ],
  [
    'a field of a story taken away',
    'story',
    ['guard.changed Story'],
    'MATCH (s:Story {id: $story}) REMOVE s.title',
  ],
  [
    'an input of a step that is over',
    'step',
    ['guard.changed Step'],
    'MATCH (s:Step {id: $step}), (a:Artifact {id: $other}) CREATE (s)-[:USED]->(a)',
  ],
  [
    'a stage',
    'run',
    ['guard.changed Run'],
    "MATCH (r:Run {id: $run}), (a:Artifact {id: $other}) CREATE (r)-[:RECORDED {id: $fresh, stage: 'approved', linkKey: r.id + '|' + a.id + '|approved'}]->(a)",
  ],
  [
    'a link',
    'story',
    ['story.linked Story'],
    "MATCH (s:Story {id: $story}), (a:Artifact {id: $other}) CREATE (s)-[:LINKED_AS {id: $fresh, role: 'scene_image', linkKey: s.id + '|' + a.id + '|scene_image', isPrimary: false, createdAt: datetime()}]->(a)",
  ],
  [
    'a primary swapped beside an event that tells another link',
    'story',
    ['story.link-updated Story', 'story.link-updated Story'],
    `CREATE (:AuditEvent {at: datetime(), actor: 'maria', action: 'story.link-updated', nodeId: $story, after: '{"artifactId":"x","isPrimary":true}'})
     WITH 1 AS one MATCH (s:Story {id: $story})-[now:LINKED_AS {isPrimary: true}]->(), (s)-[next:LINKED_AS {isPrimary: false}]->()
     SET now.isPrimary = false REMOVE now.primarySlot SET next.isPrimary = true, next.primarySlot = s.id + '|cover'`,
  ],
  [
    'a provenance edge',
    'product',
    ['artifact.related Artifact'],
    `MATCH (p:Artifact {id: $product}), (s:Artifact {id: $other}) CREATE (p)-[:VARIANT_OF {id: $fresh, edgeKey: p.id + '|' + s.id, createdAt: datetime()}]->(s)`,
  ],
];

it.each(untold)('the guard tells of %s', async (_what, of, expected, text) => {
  const { ctx } = test;
  const seeded = await seed();
  const product = await registerArtifact(ctx, {
    type: 'image',
    sources: [{ artifactId: seeded.cover, type: 'DERIVED_FROM' }],
  });
  await completeStep(ctx, { id: seeded.step, output: {} });
  const ids: Record<string, string> = { ...seeded, product: product.id, fresh: test.unique('fresh') };
  await typeStatement(test, text, ids);
  expect(await toldByGuard(ids[of] ?? '')).toEqual(expected);
});
