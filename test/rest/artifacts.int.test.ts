import { createHash } from 'node:crypto';
import { openRest, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

async function registered(fields: object = {}): Promise<string> {
  const { status, body } = await rest.send('POST', '/artifacts', {
    json: { artifact_type: 'image', ...fields },
  });
  expect(status).toBe(201);
  return body.artifact_id;
}

const everything = {
  artifact_type: 'audio',
  artifact_path: '/data/a b/ü.mp3',
  artifact_url: 'https://example.org/a.mp3?x=1&y=2',
  artifact_payload: { lines: ['one', 2, null, { deep: true }], empty: {} },
  metadata: { duration: 3.5, codec: 'mp3', custom: { seed: 9007199254740991, 'k e y': 'välue' } },
  description: 'The fox says "hello"',
  mime_type: 'audio/mpeg',
  file_size: 12345,
  safety_score: 0.97,
  created_by_agent: 'tts',
  content_hash: createHash('sha256')
    .update('{"empty":{},"lines":["one",2,null,{"deep":true}]}')
    .digest('hex'),
};

describe('POST and GET /artifacts', () => {
  it('gives back every field that was sent', async () => {
    const external_id = rest.unique();
    const sent = await rest.send('POST', '/artifacts', { json: { ...everything, external_id } });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      ...everything,
      external_id,
      lifecycle_state: 'intermediate',
      generation: 0,
      created_by_step_id: null,
    });
    expect(sent.body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const read = await rest.send('GET', `/artifacts/${sent.body.artifact_id}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(sent.body);
  });

  it.each([
    "'; MATCH (n) DETACH DELETE n //",
    '"}) DETACH DELETE a //',
    '<script>alert(1)</script>',
    '${7*7} {{7*7}} %00 \u0000 \u202e \ud83e\udd8a',
    '\\u0000\n\r\t\b',
    '$id `a` {.*}',
  ])('gives injection strings back byte for byte: %j', async (text) => {
    const fields = {
      description: text,
      artifact_payload: text,
      metadata: { [text]: text },
      artifact_path: text,
    };
    const id = await registered(fields);
    const { body } = await rest.send('GET', `/artifacts/${id}`);
    expect(body).toMatchObject(fields);
  });

  it('keeps payloads of every JSON type', async () => {
    for (const artifact_payload of [
      'text',
      '{"looks":"like JSON"}',
      12.5,
      true,
      false,
      [],
      {},
      [null],
      { a: { b: [1] } },
    ]) {
      const id = await registered({ artifact_type: 'json', artifact_payload });
      expect((await rest.send('GET', `/artifacts/${id}`)).body.artifact_payload).toEqual(artifact_payload);
    }
  });

  it('joins a product to its sources', async () => {
    const source = await registered();
    const id = await registered({
      sources: [{ artifact_id: source, relation_type: 'derived_from', metadata: { prompt: 'a fox' } }],
    });
    const { body } = await rest.send('GET', `/artifacts/${id}/lineage`);
    expect(body).toMatchObject({ artifact_id: id, total_count: 2, truncated: false, descendants: [] });
    expect(body.artifact).toMatchObject({ artifact_id: id, generation: 1 });
    expect(body.ancestors).toMatchObject([{ artifact_id: source, depth: 1 }]);
    expect(body.relations).toMatchObject([
      {
        from_artifact_id: source,
        to_artifact_id: id,
        relation_type: 'derived_from',
        metadata: { prompt: 'a fox' },
      },
    ]);
    const down = await rest.send(
      'GET',
      `/artifacts/${source}/lineage?direction=downstream&relation_type=derived_from&depth=1`,
    );
    expect(down.body.descendants).toMatchObject([{ artifact_id: id, depth: 1 }]);
    const other = await rest.send(
      'GET',
      `/artifacts/${source}/lineage?relation_type=variant_of&relation_type=transcoded_from`,
    );
    expect(other.body).toMatchObject({ total_count: 1, descendants: [], relations: [] });
  });

  it('gives a lineage as a document in each format that the command line has', async () => {
    const source = await registered({ description: 'The drawing' });
    const id = await registered({ sources: [{ artifact_id: source, relation_type: 'derived_from' }] });
    const document = async (format: string) =>
      (await fetch(`${rest.url}/api/v1/artifacts/${id}/lineage/document?format=${format}`)).text();
    expect(await document('tree')).toContain('The drawing');
    expect(await document('dot')).toMatch(/^digraph/);
    expect(await document('mermaid')).toMatch(/^flowchart/);
    expect(JSON.parse(await document('prov'))).toHaveProperty('entity');
    expect(JSON.parse(await document('json'))).toMatchObject({ totalCount: 2 });
  });

  it('gives the existing artifact for a known external id with equal facts, and 409 with others', async () => {
    const external_id = rest.unique();
    const first = await registered({ external_id });
    expect(await registered({ external_id })).toBe(first);
    const other = await rest.send('POST', '/artifacts', { json: { artifact_type: 'audio', external_id } });
    expect(other.body).toMatchObject({ status: 409, code: 'duplicate' });
  });

  it('answers 304 while an artifact is the same', async () => {
    const id = await registered();
    const first = await rest.send('GET', `/artifacts/${id}`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await rest.send('GET', `/artifacts/${id}`, { headers: { 'if-none-match': tag } });
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await rest.send('PATCH', `/artifacts/${id}/state?new_state=candidate`);
    const moved = await rest.send('GET', `/artifacts/${id}`, { headers: { 'if-none-match': etag } });
    expect([moved.status, moved.body.lifecycle_state]).toEqual([200, 'candidate']);
  });

  it('answers HEAD like GET, without the body', async () => {
    const id = await registered();
    const get = await rest.send('GET', `/artifacts/${id}`);
    const head = await rest.send('HEAD', `/artifacts/${id}`);
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', get.headers.get('etag')]);
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)));
  });
});

describe('moving and publishing', () => {
  it('moves by query or body, refuses what the lifecycle forbids', async () => {
    const id = await registered();
    const early = await rest.send('PATCH', `/artifacts/${id}/state?new_state=published`);
    expect(early.body).toMatchObject({
      status: 400,
      code: 'illegal_transition',
      errors: [{ path: 'new_state' }],
    });
    const moved = await rest.send('PATCH', `/artifacts/${id}/state`, { json: { new_state: 'candidate' } });
    expect(moved.body).toMatchObject({ lifecycle_state: 'candidate' });
    const differs = await rest.send('PATCH', `/artifacts/${id}/state?new_state=published`, {
      json: { new_state: 'archived' },
    });
    expect(differs.body).toMatchObject({ status: 400, errors: [{ path: 'new_state' }] });
    const none = await rest.send('PATCH', `/artifacts/${id}/state`);
    expect(none.body).toMatchObject({ status: 400, errors: [{ path: 'new_state' }] });
    const published = await rest.send('PATCH', `/artifacts/${id}/state?new_state=published`);
    expect(published.body.lifecycle_state).toBe('published');
    const unknown = await rest.send('PATCH', `/artifacts/${rest.unique()}/state?new_state=archived`);
    expect(unknown.body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('publishes into a story in one step', async () => {
    const story = (await rest.send('POST', '/stories', { json: { title: 'Fox' } })).body.story_id;
    const id = await registered();
    await rest.send('PATCH', `/artifacts/${id}/state?new_state=candidate`);
    const half = await rest.send('POST', `/artifacts/${id}/publish`, { json: { story_id: story } });
    expect(half.body).toMatchObject({ status: 400, errors: [{ path: 'role' }] });
    const done = await rest.send('POST', `/artifacts/${id}/publish`, {
      json: { story_id: story, role: 'cover' },
    });
    expect(done.body).toMatchObject({ lifecycle_state: 'published' });
    expect((await rest.send('GET', `/stories/${story}`)).body.cover_artifact_id).toBe(id);
    const plain = await registered();
    await rest.send('PATCH', `/artifacts/${plain}/state?new_state=candidate`);
    expect((await rest.send('POST', `/artifacts/${plain}/publish`)).status).toBe(200);
  });
});

describe('relations and batches', () => {
  it('relates artifacts once, and names the path of a cycle', async () => {
    const [a, b] = [await registered(), await registered()];
    const json = { source_artifact_id: a, relation_type: 'variant_of', metadata: { take: 2 } };
    const made = await rest.send('POST', `/artifacts/${b}/relations`, { json });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      from_artifact_id: a,
      to_artifact_id: b,
      relation_type: 'variant_of',
      metadata: { take: 2 },
    });
    expect((await rest.send('POST', `/artifacts/${b}/relations`, { json })).body).toMatchObject({
      status: 409,
      code: 'duplicate',
    });
    const back = await rest.send('POST', `/artifacts/${a}/relations`, {
      json: { source_artifact_id: b, relation_type: 'derived_from' },
    });
    expect(back.body).toMatchObject({ status: 409, code: 'cycle' });
    expect(back.body.path).toEqual(expect.arrayContaining([a, b]));
    const unknown = await rest.send('POST', `/artifacts/${a}/relations`, {
      json: { source_artifact_id: rest.unique(), relation_type: 'derived_from' },
    });
    expect(unknown.body).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('records a batch whole or not at all', async () => {
    const known = await registered();
    const json = {
      artifacts: [
        {
          ref: 'text',
          artifact_type: 'text',
          artifact_payload: 'Once',
          sources: [{ artifact_id: known, relation_type: 'derived_from' }],
        },
        { ref: 'voice', artifact_type: 'audio' },
      ],
      relations: [
        { product: 'voice', source: 'text', relation_type: 'derived_from', metadata: { voice: 'anna' } },
      ],
    };
    const made = await rest.send('POST', '/artifacts/batch', { json });
    expect(made.status).toBe(201);
    expect(made.body.relations).toBe(2);
    const voice = made.body.artifacts.find(({ ref }) => ref === 'voice')?.artifact_id;
    const lineage = await rest.send('GET', `/artifacts/${voice}/lineage?direction=upstream`);
    expect(lineage.body.ancestors.map(({ depth }) => depth)).toEqual([1, 2]);
    const external_id = rest.unique();
    const bad = await rest.send('POST', '/artifacts/batch', {
      json: {
        artifacts: [{ ref: 'a', artifact_type: 'image', external_id }],
        relations: [{ product: 'a', source: 'nowhere', relation_type: 'derived_from' }],
      },
    });
    expect(bad.body).toMatchObject({ status: 404, code: 'not_found' });
    expect(
      (await rest.send('POST', '/artifacts', { json: { artifact_type: 'audio', external_id } })).status,
    ).toBe(201);
  });

  it('names the field of a batch item that is wrong', async () => {
    const { body } = await rest.send('POST', '/artifacts/batch', {
      json: {
        artifacts: [
          { ref: 'a', artifact_type: 'image' },
          { ref: 'a', artifact_type: 'image', metadata: { width: 'wide' } },
        ],
        relations: [],
      },
    });
    expect(body.errors.map(({ path }) => path).sort()).toEqual([
      'artifacts.1.metadata.width',
      'artifacts.1.ref',
    ]);
  });
});
