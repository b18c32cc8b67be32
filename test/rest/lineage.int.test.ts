import { loadShape, randomGraph, star } from '../lineage/provenance-shapes.js';
import { membersAtATime, readMembers } from '../../src/lineage/read-members.js';
import { readLineage } from '../../src/lineage/read-trace.js';
import { openRest, type Body, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

async function registered(json: object): Promise<string> {
  const { status, body } = await rest.send('POST', '/artifacts', { json });
  expect(status).toBe(201);
  return body.artifact_id;
}

async function readLines(path: string): Promise<Record<string, Body>[]> {
  const { headers, text } = await rest.send('GET', path, { headers: { accept: 'application/x-ndjson' } });
  expect(headers.get('content-type')).toBe('application/x-ndjson');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, Body>);
}

/** The lines put together again as the object has them. */
async function readAsObject(path: string) {
  const [whole, ...members] = await readLines(path);
  const of = (kind: string) => members.flatMap((line) => line[kind] ?? []);
  const [artifact] = of('artifact');
  return {
    ...whole,
    artifact,
    ancestors: of('ancestor'),
    descendants: of('descendant'),
    relations: of('relation'),
  };
}

describe('a lineage gives its members as they are recorded', () => {
  it.each([
    ['plain', { artifact_type: 'image' }],
    [
      'whole',
      {
        artifact_type: 'image',
        artifact_path: 'a "quoted"\\path',
        artifact_url: 'https://media.example/ü?x=1',
        metadata: { width: 3, height: 4, custom: { nested: [1.5, null, 'x'] } },
        description: 'line\nbreak, \u2028, 日本語, </script>',
        mime_type: 'image/png',
        file_size: 6_000_000_000,
        safety_score: 0.25,
        created_by_agent: 'illustrator',
      },
    ],
    ['of inline text', { artifact_type: 'text', artifact_payload: '{"looks": "like JSON"}' }],
    ['of inline JSON', { artifact_type: 'json', artifact_payload: { b: [1e21, 'ü'], a: null } }],
  ])('%s', async (_, facts) => {
    const source = await registered(facts);
    const id = await registered({
      ...facts,
      sources: [{ artifact_id: source, relation_type: 'variant_of', metadata: { why: '"so"' } }],
    });
    const [{ body: one }, { body: other }, { body }] = await Promise.all([
      rest.send('GET', `/artifacts/${id}`),
      rest.send('GET', `/artifacts/${source}`),
      rest.send('GET', `/artifacts/${id}/lineage`),
    ]);
    expect(body.artifact).toEqual(one);
    expect(body.ancestors).toEqual([{ ...other, depth: 1 }]);
    expect(body.relations).toMatchObject([{ metadata: { why: '"so"' }, relation_type: 'variant_of' }]);
    expect(await readAsObject(`/artifacts/${id}/lineage`)).toEqual(body);
  });
});

describe('a lineage of more members than are held at a time', () => {
  it('gives each artifact once, nearest first, and exactly the relations among them', async () => {
    const shape = randomGraph(2 * membersAtATime + 300, 50);
    await loadShape(rest.ctx.db.driver, shape);
    const start = shape.artifacts.at(-1)?.id;
    const path = `/artifacts/${start}/lineage?depth=1000&limit=100000`;
    const { body, headers } = await rest.send('GET', path);
    expect(headers.get('content-length')).toBeNull();
    const depths = body.ancestors.map(({ depth }) => depth);
    expect(depths).toEqual([...depths].sort((a, b) => a - b));
    const ids = new Set([start, ...body.ancestors.map(({ artifact_id }) => artifact_id)]);
    expect(ids.size).toBe(body.ancestors.length + 1);
    expect(body).toMatchObject({ total_count: ids.size, truncated: false, descendants: [] });
    const within = shape.edges.filter(({ product }) => ids.has(shape.artifacts[product]?.id));
    const places = new Map([...ids].map((id, place) => [id, place]));
    const relations = body.relations as Body[];
    const products = relations.map(({ to_artifact_id }) => places.get(String(to_artifact_id)) ?? -1);
    expect(relations).toHaveLength(within.length);
    expect(products).toEqual([...products].sort((a, b) => a - b));
    expect(await readAsObject(path)).toEqual(body);
  });

  it('tells ancestors from descendants in both forms', async () => {
    const shape = star(membersAtATime + 5);
    await loadShape(rest.ctx.db.driver, shape);
    const path = `/artifacts/${shape.artifacts[0]?.id}/lineage?limit=100000`;
    const { body } = await rest.send('GET', path);
    expect(body.descendants).toHaveLength(membersAtATime + 5);
    expect(body).toMatchObject({ ancestors: [], total_count: membersAtATime + 6 });
    expect(await readAsObject(path)).toEqual(body);
  });

  it('tells of an artifact that is gone, whatever has its number in the database by now', async () => {
    const { artifacts } = randomGraph(2, 5);
    await loadShape(rest.ctx.db.driver, { artifacts, edges: [] });
    const [gone, other] = artifacts.map(({ id }) => id);
    const { numbers } = await readLineage(
      rest.ctx,
      { artifactId: other },
      { artifactProperties: [], edgeProperties: null },
    );
    const members = readMembers(rest.ctx, { ids: [gone ?? ''], numbers }, [0], null);
    await expect(members.next()).rejects.toThrow(`${gone}`);
  });

  it('ends quietly when its reader leaves', async () => {
    const shape = star(3 * membersAtATime);
    await loadShape(rest.ctx.db.driver, shape);
    const reading = new AbortController();
    const answer = await fetch(
      `${rest.url}/api/v1/artifacts/${shape.artifacts[0]?.id}/lineage?limit=100000`,
      { signal: reading.signal },
    );
    await answer.body?.getReader().read();
    reading.abort();
    expect((await rest.send('GET', '/artifacts/health')).status).toBe(200);
  });
});

it('an unknown artifact is told as a problem in both forms', async () => {
  for (const accept of ['application/json', 'application/x-ndjson']) {
    const { status, body } = await rest.send('GET', '/artifacts/nobody/lineage', { headers: { accept } });
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' });
  }
});
