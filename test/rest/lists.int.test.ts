import { isDeepStrictEqual } from 'node:util';
import { typeStatement } from '../support/graph.js';
import { openRest, type Body, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

async function batchOf(count: number, fields: object): Promise<string[]> {
  const artifacts = Array.from({ length: count }, (_, n) => ({
    ref: String(n),
    artifact_type: 'image',
    ...fields,
  }));
  const { body } = await rest.send('POST', '/artifacts/batch', { json: { artifacts } });
  return body.artifacts.map(({ artifact_id }) => artifact_id);
}

/** Follows Link from page to page. */
async function walk(
  first: string,
  between?: () => Promise<unknown>,
): Promise<{ pages: Body[][]; totals: string[] }> {
  const pages: Body[][] = [];
  const totals: string[] = [];
  for (let next: string | undefined = first; next !== undefined;) {
    const { rows, headers, status } = await rest.send('GET', next);
    expect(status).toBe(200);
    pages.push(rows);
    totals.push(headers.get('x-total-count') ?? '');
    next = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    await between?.();
  }
  return { pages, totals };
}

it('pages through 10,000 artifacts while others are written, losing none and repeating none', async () => {
  const known = new Set<string>();
  for (let n = 0; n < 5; n++) for (const id of await batchOf(2000, { artifact_type: 'json' })) known.add(id);
  const written: string[] = [];
  const { pages } = await walk('/artifacts?state=any&artifact_type=json&limit=100', async () => {
    written.push(...(await batchOf(5, { artifact_type: 'json' })));
  });
  const seen = pages.flat().map(({ artifact_id }) => artifact_id);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => known.has(id))).toHaveLength(known.size);
  const order = pages.flat().map(({ created_at, artifact_id }) => ({ created_at, artifact_id }));
  const sorted = [...order].sort((a, b) =>
    a.created_at < b.created_at
      ? 1
      : a.created_at > b.created_at
        ? -1
        : a.artifact_id < b.artifact_id
          ? -1
          : 1,
  );
  expect(order).toEqual(sorted);
  expect(written.length).toBeGreaterThan(0);
});

it('pages through times that differ by nanoseconds, by every list', async () => {
  const [step, agent] = [rest.unique('step'), rest.unique('agent')];
  await typeStatement(
    rest,
    `WITH datetime() AS now
     CREATE (step:Step {id: $step, name: 'draw', order: 0, status: 'running', createdAt: now})
     WITH step, now UNWIND range(1, 40) AS n
     CREATE (a:Artifact {id: $agent + n, type: 'video', lifecycleState: 'candidate', generation: 0, createdByAgent: $agent,
       createdAt: datetime({epochSeconds: now.epochSeconds, nanosecond: 5000000 + n / 2}), storedAt: datetime()})
     CREATE (a)-[:CREATED_BY]->(step)`,
    { step, agent },
  );
  const queries = [
    'state=any',
    'state=candidate',
    'state=any&artifact_type=video',
    'state=candidate&artifact_type=video',
  ];
  const lists = [...queries, `state=any&created_by_step_id=${step}`];
  for (const query of lists) {
    const read: string[] = [];
    let next: string | undefined = `/artifacts?${query}&limit=7`;
    for (let page = 0; next !== undefined && page < 300; page++) {
      const { rows, headers } = await rest.send('GET', next);
      read.push(...rows.map(({ artifact_id }) => artifact_id).filter((id) => id.startsWith(agent)));
      next = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      if (read.length > 0 && !rows.some(({ artifact_id }) => artifact_id.startsWith(agent))) break;
    }
    expect(read).toHaveLength(40);
    expect(new Set(read).size).toBe(40);
  }
});

it('filters by story, run, step, digest, type and state, each alone and together, with exact totals', async () => {
  const story = (await rest.send('POST', '/stories', { json: {} })).body.story_id;
  const run = (await rest.send('POST', '/artifacts/runs', { json: { workflow_type: 'kids_daily' } })).body
    .run_id;
  const stepPath = `/artifacts/runs/${run}/steps`;
  const step = (await rest.send('POST', stepPath, { json: { step_name: 'draw', step_order: 1 } })).body
    .step_id;
  const hash = Array.from({ length: 64 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
  const [made] = await batchOf(1, { created_by_step_id: step, content_hash: hash });
  const [twin] = await batchOf(1, { content_hash: hash, artifact_type: 'video' });
  for (const [artifact_id, role] of [
    [made, 'cover'],
    [twin, 'final_video'],
  ]) {
    await rest.send('POST', `/artifacts/stories/${story}/artifacts`, { json: { artifact_id, role } });
  }
  await rest.send('POST', `/artifacts/runs/${run}/artifacts`, {
    json: { artifact_id: twin, stage: 'generated' },
  });
  const idsOf = async (query: string) => {
    const { rows, headers } = await rest.send('GET', `/artifacts?${query}`);
    expect(headers.get('x-total-count')).toBe(String(rows.length));
    return rows.map(({ artifact_id }) => artifact_id).sort();
  };
  const both = [made, twin].sort();
  expect(await idsOf(`state=any&story_id=${story}`)).toEqual(both);
  expect(await idsOf(`state=any&run_id=${run}`)).toEqual(both);
  expect(await idsOf(`state=any&content_hash=${hash}`)).toEqual(both);
  expect(await idsOf(`state=any&created_by_step_id=${step}`)).toEqual([made]);
  expect(await idsOf(`state=any&story_id=${story}&artifact_type=video`)).toEqual([twin]);
  expect(
    await idsOf(`state=any&story_id=${story}&run_id=${run}&created_by_step_id=${step}&content_hash=${hash}`),
  ).toEqual([made]);
  expect(await idsOf(`story_id=${story}`)).toEqual([]);
  expect(await idsOf(`story_id=${rest.unique()}`)).toEqual([]);
  const { pages, totals } = await walk(`/artifacts?state=any&story_id=${story}&limit=1`);
  expect(pages.map((page) => page.length)).toEqual([1, 1]);
  expect(totals).toEqual(['2', '2']);
});

it.each([
  'created_by_step_id=ID?',
  'created_by_step_id=ID?x=1?&artifact_type=text',
  'created_by_step_id=ID%3F%26state%3Darchived',
  'created_by_step_id=ID+%2B%25',
  'created_by_step_id=ID%23%2Fä',
  'artifact_type=text&created_by_step_id=ID;a=b',
  'created_by_step_id=ID==&artifact_type=text&offset=1',
])('follows the next link with every filter that it began with: %s', async (query) => {
  const run = await rest.send('POST', '/artifacts/runs', { json: { workflow_type: 'kids_daily' } });
  const asked = `state=any&${query.replace('ID', rest.unique('step'))}&limit=2`;
  const step = new URLSearchParams(asked).get('created_by_step_id') ?? '';
  await typeStatement(
    rest,
    `MATCH (run:Run {id: $run})
     CREATE (step:Step {id: $step, name: 'write', order: 0, status: 'running', createdAt: datetime()})-[:STEP_OF]->(run)`,
    { run: run.body.run_id, step },
  );
  const made = await batchOf(5, { artifact_type: 'text', created_by_step_id: step });
  await batchOf(3, { artifact_type: 'text' });
  const { pages } = await walk(`/artifacts?${asked}`);
  const skipped = asked.includes('offset=1') ? 1 : 0;
  const read = pages.flat().map(({ artifact_id }) => artifact_id);
  expect(read).toHaveLength(5 - skipped);
  expect(made).toEqual(expect.arrayContaining(read));
});

/** Other tests may write to what is looked at, between two looks: in some round none does. */
async function inSomeRound(round: () => Promise<[found: unknown, right: unknown]>): Promise<void> {
  let [found, right] = await round();
  for (let rounds = 1; rounds < 10 && !isDeepStrictEqual(found, right); rounds++)
    [found, right] = await round();
  expect(found).toEqual(right);
}

it('keeps totals exact while artifacts come and move', async () => {
  const total = async (query: string) =>
    Number((await rest.send('GET', `/artifacts?limit=1&${query}`)).headers.get('x-total-count'));
  const query = 'artifact_type=audio&state=candidate';
  await inSomeRound(async () => {
    const [before, all] = [await total(query), await total('state=any')];
    const [id] = await batchOf(1, { artifact_type: 'audio' });
    const hasGrown = (await total('state=any')) > all;
    const totals = [await total(query)];
    for (const state of ['candidate', 'archived']) {
      await rest.send('PATCH', `/artifacts/${id}/state?new_state=${state}`);
      totals.push(await total(query));
    }
    return [
      [hasGrown, totals],
      [true, [before, before + 1, before]],
    ];
  });
});

it('skips by offset', async () => {
  await inSomeRound(async () => {
    const first = await rest.send('GET', '/artifacts?state=any&limit=3');
    const second = await rest.send('GET', '/artifacts?state=any&limit=2&offset=1');
    return [second.rows, first.rows.slice(1)];
  });
  const far = await rest.send('GET', '/artifacts?state=any&offset=9007199254740991');
  expect([far.status, far.rows]).toEqual([200, []]);
  expect(Number(far.headers.get('x-total-count'))).toBeGreaterThan(0);
});

it('answers many readers of one artifact and of different ones together', async () => {
  const ids = await batchOf(40, {});
  const asked = [...ids, ...ids, 'none', ...ids];
  const answers = await Promise.all(asked.map((id) => rest.send('GET', `/artifacts/${id}`)));
  expect(answers.map(({ status, body }) => (status === 200 ? body.artifact_id : 'none'))).toEqual(asked);
});
