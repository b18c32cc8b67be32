import { randomBytes } from 'node:crypto';
import { Tracker } from 'artifact-graph-client';
import { openRest, type TestRest } from '../rest/open-rest.js';

let rest: TestRest;
let tracker: Tracker;
beforeAll(async () => {
  rest = await openRest();
  tracker = new Tracker({ url: rest.url });
});
afterAll(() => rest.close());

const facts = { workflow_type: 'kids_daily' } as const;
const image = { artifact_type: 'image' } as const;

it('calls nothing again for what is recorded, also in another process', async () => {
  const key = rest.unique();
  let calls = 0;
  const make = () => ({ payload: `take ${++calls}` });
  const record = async () => {
    const run = await new Tracker({ url: rest.url, agent: 'booth' }).startRun(key, facts);
    return run.step('writing', {}, (step) => step.record('text', { artifact_type: 'text' }, make));
  };
  const first = await record();
  expect(await record()).toEqual(first);
  expect(calls).toBe(1);
  expect(first).toMatchObject({ artifact_payload: 'take 1', created_by_agent: 'booth' });
});

it('records what two processes make at the same time once', async () => {
  const key = rest.unique();
  const work = async () => {
    const run = await new Tracker({ url: rest.url }).startRun(key, facts);
    const step = await run.startStep('drawing');
    const artifact = await step.record('picture', image, () => ({ payload: rest.unique() }));
    await step.complete();
    await run.complete();
    return [run.run_id, step.step_id, artifact.artifact_id, run.status, step.status];
  };
  const outcomes = await Promise.all([work(), work(), work()]);
  expect(new Set(outcomes.map(String)).size).toBe(1);
});

it('takes a step that failed for another attempt, with artifacts of its own', async () => {
  const run = await tracker.startRun(rest.unique(), facts);
  const failing = run.step('drawing', {}, async (step) => {
    await step.record('picture', image, () => ({ payload: 1 }));
    throw new Error('out of crayons');
  });
  await expect(failing).rejects.toThrow('out of crayons');
  const picture = await run.step('drawing', {}, (step) =>
    step.record('picture', image, () => ({ payload: 2 })),
  );
  expect(run.getArtifact('drawing', 'picture')).toEqual(picture);
  const { steps } = (await rest.send('GET', `/artifacts/runs/${run.run_id}`)).body;
  expect(steps).toMatchObject([
    { status: 'failed', error: 'out of crayons' },
    { status: 'completed', step_id: picture.created_by_step_id },
  ]);
});

it('names each source by what was done with it', async () => {
  const run = await tracker.startRun(rest.unique(), facts);
  const step = await run.startStep('drawing');
  const take = (name: string) => step.record(name, image, () => ({ payload: name }));
  const [first, second] = [await take('first'), await take('second')];
  const sources = { derived_from: [first], variant_of: [second.artifact_id] };
  const { artifact_id } = await step.record('third', { ...image, ...sources }, () => ({ payload: 3 }));
  const { relations } = (await rest.send('GET', `/artifacts/${artifact_id}/lineage`)).body;
  expect(relations).toHaveLength(2);
  expect(relations).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ from_artifact_id: first.artifact_id, relation_type: 'derived_from' }),
      expect.objectContaining({ from_artifact_id: second.artifact_id, relation_type: 'variant_of' }),
    ]),
  );
});

it('tells how far a large upload is, and carries names in any language', async () => {
  const run = await tracker.startRun(rest.unique(), facts);
  const step = await run.startStep('drawing');
  const bytes = randomBytes(20 * 1024 * 1024);
  const told: number[] = [];
  const described = { ...image, description: 'Möwe 海 🐳', mime_type: 'application/x-drawing' };
  const artifact = await step.record(
    'picture',
    described,
    () => bytes,
    ({ sentBytes }) => told.push(sentBytes),
  );
  expect(artifact).toMatchObject({ description: 'Möwe 海 🐳', file_size: bytes.length });
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.length).toBeGreaterThan(20);
  expect(told.at(-1)).toBe(bytes.length);
});

it('says what the service refused, in its own words', async () => {
  const key = rest.unique();
  await tracker.startRun(key, facts);
  const other = tracker.startRun(key, { workflow_type: 'morning_show' });
  await expect(other).rejects.toMatchObject({ name: 'Problem', status: 409, code: 'duplicate' });
});
