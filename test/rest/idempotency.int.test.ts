import { setTimeout as sleep } from 'node:timers/promises';
import { openRest, type TestRest } from './open-rest.js';
import { typeStatement } from '../support/graph.js';

let rest: TestRest;
let second: TestRest;
beforeAll(async () => {
  rest = await openRest();
  second = await openRest();
});
afterAll(async () => {
  await second.close();
  await rest.close();
});

const image = { artifact_type: 'image' };

async function artifactsOf(description: string): Promise<number> {
  const text =
    'MATCH (a:Artifact) WHERE a.createdAt > datetime() - duration("PT1H") AND a.description = $description RETURN count(a) AS n';
  const [row] = await typeStatement(rest, text, { description });
  return Number(row?.n);
}

it('gives the first answer again, word for word, on another instance too', async () => {
  const headers = { 'idempotency-key': rest.unique() };
  const json = { ...image, description: rest.unique() };
  const first = await rest.send('POST', '/artifacts', { json, headers });
  const again = await rest.send('POST', '/artifacts', { json, headers });
  const elsewhere = await second.send('POST', '/artifacts', { json, headers });
  expect(first.status).toBe(201);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  for (const replay of [again, elsewhere]) {
    expect([replay.status, replay.text]).toEqual([201, first.text]);
    expect(replay.headers.get('idempotency-replayed')).toBe('true');
  }
  expect(await artifactsOf(json.description)).toBe(1);
});

it('carries racing requests out once', async () => {
  const headers = { 'idempotency-key': rest.unique() };
  const json = { ...image, description: rest.unique() };
  const racers = Array.from({ length: 12 }, (_, n) =>
    (n % 2 ? rest : second).send('POST', '/artifacts', { json, headers }),
  );
  const answers = await Promise.all(racers);
  const [done, ...others] = answers.filter(({ status }) => status === 201);
  expect(new Set(others.map(({ text }) => text))).toEqual(new Set(others.length > 0 ? [done?.text] : []));
  for (const { status, body, headers: answered } of answers) {
    if (status === 201) continue;
    expect(body).toMatchObject({ status: 409, code: 'in_progress' });
    expect(answered.get('retry-after')).not.toBeNull();
  }
  expect((await rest.send('POST', '/artifacts', { json, headers })).text).toBe(done?.text);
  expect(await artifactsOf(json.description)).toBe(1);
});

it('takes a key over that a process left claimed, and keeps one that is held', async () => {
  const key = rest.unique();
  const hold = (until: string) =>
    typeStatement(
      rest,
      'MATCH (k:IdempotencyKey {key: $key}) SET k.holder = "other", k.heldUntil = datetime($until) REMOVE k.status, k.body',
      { key: JSON.stringify(['anonymous', key]), until },
    );
  const send = () => rest.send('POST', '/artifacts', { json: image, headers: { 'idempotency-key': key } });
  expect((await send()).status).toBe(201);
  await hold('2100-01-01T00:00:00Z');
  expect((await send()).body).toMatchObject({ status: 409, code: 'in_progress' });
  await hold('2000-01-01T00:00:00Z');
  expect((await send()).status).toBe(201);
});

it('keeps the claim of a request for as long as it is under way', async () => {
  const [product, source] = await Promise.all(
    [1, 2].map(async () => (await rest.send('POST', '/artifacts', { json: image })).body.artifact_id),
  );
  const send = (to: typeof rest) =>
    to.send('POST', `/artifacts/${String(product)}/relations`, {
      json: { source_artifact_id: source, relation_type: 'derived_from' },
      headers: { 'idempotency-key': `slow-${String(product)}` },
    });
  const session = rest.ctx.db.driver.session();
  const holding = session.beginTransaction();
  await holding.run('MATCH (a:Artifact {id: $product}) SET a.id = a.id', { product });
  const first = send(rest);
  // Longer than a claim that nobody renews.
  await sleep(14_000);
  expect((await send(second)).body).toMatchObject({ status: 409, code: 'in_progress' });
  await holding.commit();
  await session.close();
  expect((await first).status).toBe(201);
  expect((await send(second)).text).toBe((await first).text);
});

it('refuses a key that was used for another request', async () => {
  const headers = { 'idempotency-key': rest.unique() };
  await rest.send('POST', '/artifacts', { json: image, headers });
  const other = await rest.send('POST', '/artifacts', { json: { artifact_type: 'audio' }, headers });
  expect(other.body).toMatchObject({ status: 409, code: 'conflict' });
  const elsewhere = await rest.send('POST', '/stories', { json: {}, headers });
  expect(elsewhere.body).toMatchObject({ status: 409, code: 'conflict' });
});

it('lets a refused request be tried again', async () => {
  const headers = { 'idempotency-key': rest.unique() };
  const story_id = rest.unique();
  const json = { workflow_type: 'morning_show', story_id };
  expect((await rest.send('POST', '/artifacts/runs', { json, headers })).status).toBe(404);
  await rest.send('POST', '/stories', { json: { story_id } });
  expect((await rest.send('POST', '/artifacts/runs', { json, headers })).status).toBe(201);
});

it('refuses a duplicate without losing the transaction of others', async () => {
  const story_id = rest.unique();
  await rest.send('POST', '/stories', { json: { story_id } });
  const again = await rest.send('POST', '/stories', {
    json: { story_id },
    headers: { 'idempotency-key': rest.unique() },
  });
  expect(again.body).toMatchObject({ status: 409, code: 'duplicate' });
});

it('covers batches, relations, links, steps and bytes', async () => {
  const keyed = async (path: string, sending: { json?: unknown; raw?: string; type?: string }) => {
    const headers = {
      'idempotency-key': rest.unique(),
      ...(sending.type ? { 'content-type': sending.type } : {}),
    };
    const first = await rest.send('POST', path, { ...sending, headers });
    const again = await rest.send('POST', path, { ...sending, headers });
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([
      first.status,
      first.text,
      'true',
    ]);
    expect(first.status).toBeLessThan(300);
    return first.body;
  };
  const batch = {
    artifacts: [
      { ref: 'a', ...image },
      { ref: 'b', ...image },
    ],
  };
  const [a, b] = (await keyed('/artifacts/batch', { json: batch })).artifacts.map(
    ({ artifact_id }) => artifact_id,
  );
  await keyed(`/artifacts/${a}/relations`, { json: { source_artifact_id: b, relation_type: 'variant_of' } });
  const story = (await keyed('/stories', { json: {} })).story_id;
  await keyed(`/artifacts/stories/${story}/artifacts`, { json: { artifact_id: a, role: 'cover' } });
  const run = (await keyed('/artifacts/runs', { json: { workflow_type: 'kids_daily', story_id: story } }))
    .run_id;
  const step = (
    await keyed(`/artifacts/runs/${run}/steps`, { json: { step_name: 'x', step_order: 1, uses: [b] } })
  ).step_id;
  await keyed(`/artifacts/steps/${step}/complete`, { json: { output_data: { ok: true } } });
  await keyed(`/artifacts/runs/${run}/artifacts`, { json: { artifact_id: a, stage: 'approved' } });
  await keyed('/artifacts/content?artifact_type=text', { raw: 'Once upon a time', type: 'text/plain' });
});

it('takes other bytes under the same key for another request', async () => {
  const headers = { 'idempotency-key': rest.unique(), 'content-type': 'text/plain' };
  await rest.send('POST', '/artifacts/content?artifact_type=text', { raw: 'one', headers });
  const other = await rest.send('POST', '/artifacts/content?artifact_type=text', { raw: 'two', headers });
  expect(other.body).toMatchObject({ status: 409, code: 'conflict' });
});

it('refuses a key that is none', async () => {
  const { body } = await rest.send('POST', '/stories', {
    json: {},
    headers: { 'idempotency-key': 'x'.repeat(256) },
  });
  expect(body).toMatchObject({ status: 400, errors: [{ path: 'idempotency-key' }] });
});
