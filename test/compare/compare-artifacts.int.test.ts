import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { compareArtifacts } from '../../src/compare/compare-artifacts.js';
import { startRun } from '../../src/runs/start-run.js';
import { startStep } from '../../src/runs/start-step.js';
import { openTestContext, type TestContext } from '../support/graph.js';

let test: TestContext;
let runId: string;
beforeAll(async () => {
  test = await openTestContext();
  runId = (await startRun(test.ctx, { workflowType: 'image_to_story' })).id;
});
afterAll(() => test.close());

let order = 0;
/** A picture made by a step from some sources. */
async function make(name: string, sources: readonly string[], step: Record<string, unknown> = {}) {
  const { id: createdByStepId } = await startStep(test.ctx, { runId, name, order: ++order, ...step });
  const { id } = await registerArtifact(test.ctx, {
    type: 'image',
    createdByStepId,
    sources: sources.map((artifactId) => ({ artifactId, type: 'DERIVED_FROM' })),
  });
  return id;
}

it('tells facts, inputs, models and prompts that differ, and no others', async () => {
  const { ctx } = test;
  const made = { type: 'image', mimeType: 'image/png', contentHash: 'ab'.repeat(32) };
  const step = async (model: string, seed: number) =>
    (await startStep(ctx, { runId, name: 'paint', order: ++order, model, input: { seed, size: 8 } })).id;
  const a = await registerArtifact(ctx, {
    ...made,
    metadata: { width: 8, palette: ['red', 'blue'] },
    createdByStepId: await step('brush-1', 1),
  });
  const b = await registerArtifact(ctx, {
    ...made,
    metadata: { width: 9, palette: ['red', 'blue'], frames: 2 },
    createdByStepId: await step('brush-2', 2),
  });
  const { facts, making, sameContent } = await compareArtifacts(ctx, { a: a.id, b: b.id });
  expect(facts).toEqual([
    { name: 'metadata.width', a: 8, b: 9 },
    { name: 'metadata.frames', a: null, b: 2 },
  ]);
  expect(making).toEqual([
    { name: 'model', a: 'brush-1', b: 'brush-2' },
    { name: 'input.seed', a: 1, b: 2 },
  ]);
  expect(sameContent).toBe(true);
});

it('finds the earliest pair in which two lineages part, with what both of it were made from', async () => {
  const drawing = await make('upload', []);
  const sound = await make('speak', [drawing]);
  const scenes = [
    await make('paint', [drawing], { promptHash: 'one' }),
    await make('paint', [drawing], { promptHash: 'two' }),
  ];
  const films = await Promise.all(scenes.map((scene) => make('film', [scene, sound])));
  const cuts = await Promise.all(films.map((film) => make('cut', [film])));
  const { parting, sourceIdsOnlyOfA } = await compareArtifacts(test.ctx, { a: cuts[0], b: cuts[1] });
  expect(sourceIdsOnlyOfA).toEqual([films[0]]);
  expect(parting).toMatchObject({
    aId: scenes[0],
    bId: scenes[1],
    commonSourceIds: [drawing],
    making: [{ name: 'promptHash', a: 'one', b: 'two' }],
  });
});

it('pairs what was made by the same kind of step, though other things differ earlier on one side', async () => {
  const drawing = await make('upload', []);
  const board = await make('storyboard', [drawing]);
  const a = await make('film', [board, await make('speak', [drawing]), await make('paint', [board])]);
  const b = await make('film', [board, await make('paint', [board])]);
  const { parting } = await compareArtifacts(test.ctx, { a, b });
  expect([parting?.aId === null, parting?.bId === null, parting?.commonSourceIds]).toEqual([
    false,
    false,
    [board],
  ]);
});

it('has no pair where one lineage lies within the other, and no parting for an artifact and itself', async () => {
  const first = await make('paint', []);
  const second = await make('paint', [first]);
  const within = await compareArtifacts(test.ctx, { a: first, b: second });
  expect(within.parting).toMatchObject({ aId: null, bId: second, commonSourceIds: [first] });
  expect((await compareArtifacts(test.ctx, { a: first, b: first })).parting).toBeNull();
});

it('refuses an artifact that does not exist', async () => {
  const a = await make('paint', []);
  await expect(compareArtifacts(test.ctx, { a, b: test.unique() })).rejects.toMatchObject({
    code: 'not_found',
  });
});
