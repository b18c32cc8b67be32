import { openRest, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

const artifact = async (json: object = { artifact_type: 'image' }) =>
  (await rest.send('POST', '/artifacts', { json })).body.artifact_id;

it('records a story and shows what its links say', async () => {
  const story_id = rest.unique('story');
  const made = await rest.send('POST', '/stories', { json: { story_id, title: 'The fox & the moon' } });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    story_id,
    title: 'The fox & the moon',
    cover_artifact_id: null,
    current_run_id: null,
  });
  expect((await rest.send('POST', '/stories', { json: { story_id } })).body).toMatchObject({
    code: 'duplicate',
  });
  const [first, second] = [await artifact(), await artifact()];
  const path = `/artifacts/stories/${story_id}/artifacts`;
  const link = await rest.send('POST', path, { json: { artifact_id: first, role: 'cover', position: 4 } });
  expect([link.status, link.body.is_primary, link.body.position]).toEqual([201, true, 4]);
  const updated = await rest.send('POST', path, { json: { artifact_id: first, role: 'cover', position: 2 } });
  expect([updated.status, updated.body.link_id, updated.body.position]).toEqual([200, link.body.link_id, 2]);
  await rest.send('POST', path, { json: { artifact_id: second, role: 'cover' } });
  await rest.send('POST', path, {
    json: { artifact_id: second, role: 'scene_image', is_primary: false, position: 1 },
  });
  await rest.send('POST', path, {
    json: { artifact_id: first, role: 'scene_image', is_primary: false, position: 0 },
  });
  const { rows } = await rest.send('GET', path);
  expect(rows.map(({ role, artifact_id, is_primary }) => [role, artifact_id, is_primary])).toEqual([
    ['cover', second, true],
    ['cover', first, false],
    ['scene_image', first, false],
    ['scene_image', second, false],
  ]);
  expect((await rest.send('GET', `${path}?role=cover`)).rows).toHaveLength(2);
  expect((await rest.send('GET', `${path}?state=published`)).rows).toEqual([]);
  expect((await rest.send('GET', `${path}/cover`)).body.artifact_id).toBe(second);
  expect((await rest.send('GET', `${path}/final_audio`)).body).toMatchObject({ code: 'not_found' });
  const media = await rest.send('GET', `/legacy/stories/${story_id}/media`);
  expect(media.body).toMatchObject({ origin: 'artifact' });
});

it('takes a run from its start to its end', async () => {
  const story = (await rest.send('POST', '/stories', { json: {} })).body.story_id;
  const started = await rest.send('POST', '/artifacts/runs', {
    json: { workflow_type: 'image_to_story', story_id: story, session_id: 's-1' },
  });
  expect(started.body).toMatchObject({ status: 'pending', session_id: 's-1', story_id: story });
  const run = started.body.run_id;
  const path = `/artifacts/runs/${run}`;
  expect((await rest.send('GET', `/stories/${story}`)).body.current_run_id).toBe(run);
  const running = await rest.send('PATCH', `${path}/status`, { json: { status: 'running' } });
  expect(running.body.started_at).not.toBeNull();
  const drawing = await artifact();
  const step = await rest.send('POST', `${path}/steps`, {
    json: {
      step_name: 'vision_analysis',
      step_order: 1,
      input_data: { q: [1] },
      model: 'm',
      prompt_hash: 'p',
      uses: [drawing],
    },
  });
  expect(step.body).toMatchObject({
    step_name: 'vision_analysis',
    step_order: 1,
    input_data: { q: [1] },
    uses: [drawing],
  });
  const made = await artifact({ artifact_type: 'text', created_by_step_id: step.body.step_id });
  const done = await rest.send('POST', `/artifacts/steps/${step.body.step_id}/complete`, {
    json: { output_data: 'a fox' },
  });
  expect(done.body).toMatchObject({ status: 'completed', output_data: 'a fox', error: null });
  const again = await rest.send('POST', `/artifacts/steps/${step.body.step_id}/complete`, { json: {} });
  expect(again.body).toMatchObject({ status: 400, code: 'illegal_transition' });
  const stage = { artifact_id: drawing, stage: 'reviewed' };
  const recorded = await rest.send('POST', `${path}/artifacts`, { json: stage });
  const known = await rest.send('POST', `${path}/artifacts`, { json: stage });
  expect([recorded.status, known.status, known.body.link_id]).toEqual([201, 200, recorded.body.link_id]);
  const ended = await rest.send('PATCH', `${path}/status`, {
    json: { status: 'completed', summary: { pages: 3 } },
  });
  expect(ended.body).toMatchObject({ status: 'completed', summary: { pages: 3 } });
  const back = await rest.send('PATCH', `${path}/status`, { json: { status: 'running' } });
  expect(back.body).toMatchObject({ status: 400, code: 'illegal_transition', errors: [{ path: 'status' }] });
  const late = await rest.send('POST', `${path}/steps`, { json: { step_name: 'late', step_order: 2 } });
  expect(late.body).toMatchObject({ status: 409, code: 'conflict' });
  const whole = await rest.send('GET', path);
  expect(whole.body).toMatchObject({ run: ended.body, steps: [{ ...done.body }], links: [recorded.body] });
  expect(whole.body.artifacts.map(({ artifact_id }) => artifact_id).sort()).toEqual([drawing, made].sort());
});
