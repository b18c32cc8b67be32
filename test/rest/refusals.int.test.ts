import { connect } from 'node:net';
import { once } from 'node:events';
import { openRest, type Sending, type TestRest } from './open-rest.js';

let rest: TestRest;
beforeAll(async () => {
  rest = await openRest();
});
afterAll(() => rest.close());

const image = { artifact_type: 'image' };

describe('invalid input is refused with the path of the field', () => {
  it.each<[string, unknown, string[]]>([
    ['no type', {}, ['artifact_type']],
    ['an unknown type', { artifact_type: 'hologram' }, ['artifact_type']],
    ['an unknown field', { ...image, safety_scroe: 1 }, ['safety_scroe']],
    ['a score above 1', { ...image, safety_score: 1.1 }, ['safety_score']],
    ['a negative size', { ...image, file_size: -1 }, ['file_size']],
    ['a size that is no integer', { ...image, file_size: 1.5 }, ['file_size']],
    ['a digest in upper case', { ...image, content_hash: 'AB'.repeat(32) }, ['content_hash']],
    ['a wrong media type', { ...image, mime_type: 'png' }, ['mime_type']],
    ['metadata that is a list', { ...image, metadata: [] }, ['metadata']],
    ['a width that is text', { ...image, metadata: { width: 'wide' } }, ['metadata.width']],
    ['a source without a type', { ...image, sources: [{ artifact_id: 'x' }] }, ['sources.0.relation_type']],
    [
      'an unknown relation',
      { ...image, sources: [{ artifact_id: 'x', relation_type: 'LIKES' }] },
      ['sources.0.relation_type'],
    ],
    [
      "GraphQL's word for a relation",
      { ...image, sources: [{ artifact_id: 'x', relation_type: 'DERIVED_FROM' }] },
      ['sources.0.relation_type'],
    ],
    [
      'a payload that is too large',
      { ...image, artifact_payload: 'x'.repeat(300_000) },
      ['artifact_payload'],
    ],
    ['a list for an object', [image], ['']],
    ['text for an object', 'image', ['']],
    ['null', null, ['']],
    ['several at once', { artifact_type: 1, file_size: 'x' }, ['artifact_type', 'file_size']],
  ])('%s', async (_name, json, paths) => {
    const { body, headers } = await rest.send('POST', '/artifacts', { json });
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ title: 'Bad Request', status: 400, code: 'invalid_input' });
    expect(body.errors.map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    ['{"artifact_type":"image","metadata":{"__proto__":{"admin":true}}}', 'metadata.__proto__'],
    ['{"artifact_type":"image","description":"\\ud800"}', 'description'],
    ['{"artifact_type":"image","metadata":{"\\udfff":1}}', 'metadata'],
    ['{"artifact_type":"image","artifact_payload":"\\ud800x"}', 'artifact_payload'],
    ['{"artifact_type":"image","metadata":{"seed":9007199254740993}}', 'metadata.seed'],
    ['{"artifact_type":"image","metadata":{"a":1,"a":2}}', 'metadata.a'],
    [`{"artifact_type":"json","artifact_payload":${'['.repeat(150)}${']'.repeat(150)}}`, 'artifact_payload'],
    ['{"artifact_type":"image"', ''],
    ['', ''],
  ])('JSON that would not come back as it was: %s', async (raw, path) => {
    const { body } = await rest.send('POST', '/artifacts', {
      raw,
      headers: { 'content-type': 'application/json' },
    });
    expect(body).toMatchObject({ status: 400, code: 'invalid_input' });
    expect(body.errors[0]?.path).toBe(path);
  });

  it('10,000 levels of nesting', async () => {
    const raw = `{"artifact_type":"json","artifact_payload":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const { body } = await rest.send('POST', '/artifacts', {
      raw,
      headers: { 'content-type': 'application/json' },
    });
    expect(body).toMatchObject({ status: 400, code: 'invalid_input' });
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?limit=ten', 'limit'],
    ['?limit=1&limit=2', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=1e2', 'limit'],
    ['?offset=-1', 'offset'],
    ['?state=lost', 'state'],
    ['?sate=any', 'sate'],
    ['?artifact_type=film', 'artifact_type'],
    ['?content_hash=12', 'content_hash'],
    ['?cursor=nonsense', 'cursor'],
    ['?cursor=WzFd', 'cursor'],
    ['?cursor=WyIyMDI2LTEzLTAxVDAwOjAwOjAwWiIsICJhIl0', 'cursor'],
    ['?cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwLjEyMzQ1Njc4OTBaIiwgImEiXQ', 'cursor'],
    ['?cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwKzIzOjAwIiwgImEiXQ', 'cursor'],
    ['?cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwLjAwMFoiLCAiYSJd&offset=5', 'offset'],
    ['?story_id=a%7Cb', 'story_id'],
  ])('GET /artifacts%s', async (query, path) => {
    const { body } = await rest.send('GET', `/artifacts${query}`);
    expect(body).toMatchObject({ status: 400, code: 'invalid_input', errors: [{ path }] });
  });

  it.each([
    ['depth=0', 'depth'],
    ['depth=1001', 'depth'],
    ['limit=100001', 'limit'],
    ['direction=sideways', 'direction'],
    ['relation_type=LIKES', 'relation_type.0'],
    ['relation_type=DERIVED_FROM', 'relation_type.0'],
  ])('lineage?%s', async (query, path) => {
    const { body } = await rest.send('GET', `/artifacts/x/lineage?${query}`);
    expect(body).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it.each<[string, string, unknown, string]>([
    ['POST', '/stories', { title: 5 }, 'title'],
    ['POST', '/stories', { story_id: 'a|b' }, 'story_id'],
    ['POST', '/artifacts/stories/s/artifacts', { artifact_id: 'a', role: 'back' }, 'role'],
    ['POST', '/artifacts/stories/s/artifacts', { artifact_id: 'a', role: 'cover', position: -1 }, 'position'],
    ['GET', '/artifacts/stories/s/artifacts/back', undefined, 'role'],
    ['POST', '/artifacts/runs', { workflow_type: 'magic' }, 'workflow_type'],
    ['PATCH', '/artifacts/runs/r/status', { status: 'done' }, 'status'],
    ['POST', '/artifacts/runs/r/steps', { step_name: 'x' }, 'step_order'],
    ['POST', '/artifacts/steps/s/complete', { status: 'running' }, 'status'],
    ['POST', '/artifacts/runs/r/artifacts', { artifact_id: 'a', stage: 'x' }, 'stage'],
    ['POST', '/artifacts/a/relations', { source_artifact_id: 'b' }, 'relation_type'],
    ['POST', '/artifacts/uploads', { file_size: 0 }, 'file_size'],
  ])('%s %s', async (method, path, json, field) => {
    const { body } = await rest.send(method, path, json === undefined ? {} : { json });
    expect(body).toMatchObject({ status: 400, code: 'invalid_input', errors: [{ path: field }] });
  });
});

describe('what does not exist', () => {
  it.each<[string, unknown?]>([
    ['GET /artifacts/none'],
    [`GET /artifacts/${'x'.repeat(3000)}`],
    ['GET /artifacts/%00'],
    ['GET /artifacts/none/lineage'],
    ['GET /artifacts/none/content'],
    ['GET /artifacts/none/preview'],
    ['GET /artifacts/none/waveform'],
    ['GET /artifacts/runs/none'],
    ['PATCH /artifacts/runs/none/status', { status: 'running' }],
    ['POST /artifacts/runs/none/steps', { step_name: 'x', step_order: 1 }],
    ['POST /artifacts/steps/none/complete', {}],
    ['POST /artifacts/runs/none/artifacts', { artifact_id: 'none', stage: 'generated' }],
    ['GET /stories/none'],
    ['GET /artifacts/stories/none/artifacts'],
    ['GET /artifacts/stories/none/artifacts/cover'],
    ['POST /artifacts/stories/none/artifacts', { artifact_id: 'none', role: 'cover' }],
    ['GET /legacy/stories/none/media'],
    ['POST /artifacts/none/publish', {}],
    ['POST /artifacts', { artifact_type: 'image', created_by_step_id: 'none' }],
    ['GET /nothing/here'],
    ['POST /nothing/here', { a: 1 }],
  ])('%s is 404', async (...row) => {
    const [request, json] = row;
    const [method = '', path = ''] = request.split(' ');
    const { body } = await rest.send(method, path, json === undefined ? {} : { json });
    expect(body).toMatchObject({ status: 404, code: 'not_found' });
  });
});

describe('HTTP itself', () => {
  it.each([
    ['PUT', '/artifacts/x', 'GET, HEAD'],
    ['DELETE', '/artifacts', 'GET, HEAD, POST'],
    ['GET', '/artifacts/batch', 'POST'],
    ['GET', '/artifacts/runs', 'POST'],
    ['PATCH', '/artifacts/runs/x', 'GET, HEAD'],
    ['POST', '/artifacts/health', 'GET, HEAD'],
    ['OPTIONS', '/artifacts', 'GET, HEAD, POST'],
  ])('%s %s is 405 with Allow', async (method, path, allow) => {
    const { body, headers } = await rest.send(method, path);
    expect(body).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(headers.get('allow')).toBe(allow);
  });

  it.each<[number, string, Sending]>([
    [
      415,
      'unsupported_media_type',
      { raw: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [415, 'unsupported_media_type', { raw: '{}', headers: { 'content-type': 'text/plain' } }],
    [
      415,
      'unsupported_media_type',
      { raw: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
    ],
    [
      415,
      'unsupported_media_type',
      { raw: 'x', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    ],
    [413, 'too_large', { json: { ...image, description: 'x'.repeat(2 * 1024 * 1024) } }],
  ])('%s %s', async (status, code, sending) => {
    const { body } = await rest.send('POST', '/artifacts', sending);
    expect(body).toMatchObject({ status, code });
  });

  it('answers a wrong escape sequence with a problem', async () => {
    const { body } = await rest.send('GET', '/artifacts/%ff');
    expect(body).toMatchObject({ status: 400, code: 'invalid_input' });
  });

  it('answers what is no HTTP with a problem', async () => {
    const { port } = new URL(rest.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('this is no HTTP\r\n\r\n');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    const text = Buffer.concat(chunks).toString();
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('application/problem+json');
  });

  it("carries the caller's request id, or one of its own", async () => {
    const mine = await rest.send('GET', '/artifacts/none', { headers: { 'x-request-id': 'trace-1/2' } });
    expect(mine.headers.get('x-request-id')).toBe('trace-1/2');
    const other = await rest.send('GET', '/artifacts/none', { headers: { 'x-request-id': 'a"b c' } });
    expect(other.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it('takes a slash at the end', async () => {
    expect((await rest.send('GET', '/artifacts/?limit=1')).status).toBe(200);
  });

  it('refuses other host names and changes from pages of other origins while it is open', async () => {
    const socket = connect(Number(new URL(rest.url).port), '127.0.0.1');
    socket.write('GET /api/v1/artifacts HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 403 /);
    const foreign = await rest.send('POST', '/stories', {
      json: {},
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.body).toMatchObject({ status: 403, code: 'forbidden' });
    const own = await rest.send('POST', '/stories', { json: {}, headers: { origin: rest.url } });
    expect(own.status).toBe(201);
  });
});
