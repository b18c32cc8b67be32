import { createHash } from 'node:crypto';
import { chmod, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { sha256, type Sha256 } from '../../src/model/digest.js';
import { flipBit } from '../content/stores.js';
import { openRest, type TestRest } from './open-rest.js';

let rest: TestRest;
let picture: Buffer;
beforeAll(async () => {
  rest = await openRest();
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#c60' } })
    .png()
    .toBuffer();
});
afterAll(() => rest.close());

/** Does to a stored object what a failing disk does. */
async function spoil(digest: Sha256, what: string, bytes: Buffer): Promise<unknown> {
  const { content } = rest.ctx;
  if (what === 'gone') return content.remove(digest);
  if (!(content instanceof DiskStore)) throw new Error('not a store in a folder');
  if (what === 'rotten') return flipBit(content, digest, bytes.length >> 1);
  const path = join(content.scratchDir, 'objects', digest.slice(0, 2), digest.slice(2));
  await chmod(path, 0o644);
  return truncate(path, bytes.length >> 1);
}

const upload = (query: string, raw: Uint8Array | string, headers: Record<string, string> = {}) =>
  rest.send('POST', `/artifacts/content?${query}`, { raw, headers });

it('records bytes with what they are, and gives them back', async () => {
  const external_id = rest.unique();
  const header = JSON.stringify({ artifact_type: 'image', description: 'Füchsin', external_id });
  const made = await upload('artifact_path=/art/fox.png', picture, {
    'content-type': 'image/png',
    'x-artifact': Buffer.from(header).toString('latin1'),
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    content_hash: createHash('sha256').update(picture).digest('hex'),
    file_size: picture.length,
    mime_type: 'image/png',
    metadata: { width: 40, height: 30 },
    description: 'Füchsin',
    external_id,
  });
  const address = `${rest.url}/api/v1/artifacts/${made.body.artifact_id}/content`;
  const whole = await fetch(address);
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(picture);
  const etag = whole.headers.get('etag') ?? '';
  expect(etag).toBe(`"${made.body.content_hash as string}"`);
  const part = await fetch(address, { headers: { range: 'bytes=-5' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([
    206,
    `bytes ${picture.length - 5}-${picture.length - 1}/${picture.length}`,
  ]);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(picture.subarray(-5));
  const same = await fetch(address, { headers: { 'if-none-match': etag } });
  expect([same.status, await same.text()]).toEqual([304, '']);
  const none = await rest.send('GET', `/artifacts/${made.body.artifact_id}/content`, {
    headers: { range: 'bytes=9999-' },
  });
  expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${picture.length}`]);
  const head = await fetch(address, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(String(picture.length));
  const preview = await fetch(`${rest.url}/api/v1/artifacts/${made.body.artifact_id}/preview?size=64`);
  expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'image/webp']);
});

const bytesOf = (id: unknown) => `${rest.url}/api/v1/artifacts/${String(id)}/content`;
const previewOf = (id: unknown) => `${rest.url}/api/v1/artifacts/${String(id)}/preview?size=64`;

it.each(['bytes=0-4', 'bytes=-5', 'bytes=9999999-', 'bytes=5-'])(
  'answers HEAD as if there were no Range: %s',
  async (range) => {
    const made = await upload('artifact_type=image', picture, { 'content-type': 'image/png' });
    const head = await fetch(bytesOf(made.body.artifact_id), { method: 'HEAD', headers: { range } });
    expect([head.status, head.headers.get('content-length'), head.headers.get('content-range')]).toEqual([
      200,
      String(picture.length),
      null,
    ]);
  },
);

it.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip'])(
  'takes no packed bytes: %s',
  async (encoding) => {
    const { body } = await upload('artifact_type=text', 'x', { 'content-encoding': encoding });
    expect(body).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
      errors: [{ path: 'content-encoding' }],
    });
    expect(body.detail).toContain(encoding);
    const plain = await upload('artifact_type=text', 'x', { 'content-encoding': 'identity' });
    expect(plain.status).toBe(201);
  },
);

it.each([
  [
    'text/plain; charset=iso-8859-1',
    Buffer.from('Häschen und Bär gehen über die Brücke.', 'latin1'),
    'iso-8859-1',
  ],
  ['text/plain; charset=shift_jis', Buffer.from('82ad82dc82b382f182cd', 'hex'), 'shift_jis'],
  ['text/plain; charset=utf-16', Buffer.from('\uFEFFBär', 'utf16le'), 'utf-16'],
  ['text/plain', Buffer.from('Häschen und Bär gehen über die Brücke.', 'latin1'), null],
  ['text/plain', Buffer.from('\uFEFFBär', 'utf16le'), 'utf-16le'],
  ['text/plain', Buffer.from('Bär'), 'utf-8'],
])('delivers %s with the encoding that is declared or found, or none', async (type, raw, charset) => {
  const made = await upload('artifact_type=text', raw, { 'content-type': type });
  expect(made.body).toMatchObject({ mime_type: 'text/plain' });
  const { headers } = await fetch(bytesOf(made.body.artifact_id));
  expect(headers.get('content-type')).toBe(charset ? `text/plain; charset=${charset}` : 'text/plain');
});

it.each([
  ['shift_jis', '82ad82dc82b382f182cd'],
  ['gb18030', 'd0dca1a3c7b0d3d0d2bb'],
  ['koi8-r', 'f0d2c9d7c5d42c20cdc9d2'],
  ['utf-16le', '4200e4007200'],
])('never takes for UTF-8 what others sent as %s', async (charset, hex) => {
  const raw = Buffer.from(hex, 'hex');
  const typeOf = async (type: string) => {
    const made = await upload('artifact_type=text', raw, { 'content-type': type });
    return (await fetch(bytesOf(made.body.artifact_id))).headers.get('content-type');
  };
  const before = await typeOf('text/plain');
  expect(await typeOf(`text/plain; charset=${charset}`)).toBe(`text/plain; charset=${charset}`);
  expect(await typeOf('text/plain')).toBe(before);
  expect(await typeOf("text/plain; charset='what'")).toBe(before);
  expect(before).not.toContain('utf-8');
});

it('lets nobody keep a refusal, and tells why there is no preview', async () => {
  const made = await upload('artifact_type=text', 'no picture', { 'content-type': 'text/plain' });
  for (const method of ['GET', 'HEAD']) {
    const refused = await fetch(previewOf(made.body.artifact_id), { method });
    expect([refused.status, refused.headers.get('cache-control'), refused.headers.get('etag')]).toEqual([
      415,
      null,
      null,
    ]);
  }
});

it('draws what is there of a damaged picture, and records that it is damaged', async () => {
  const whole = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#c60' } })
    .jpeg()
    .toBuffer();
  const made = await upload('artifact_type=image', whole.subarray(0, whole.length * 0.7), {
    'content-type': 'image/jpeg',
  });
  expect(made.body).toMatchObject({ metadata: { width: 640, height: 480, damaged: true } });
  expect((await fetch(previewOf(made.body.artifact_id))).status).toBe(200);
});

it.each([
  ['JSON', 'json', '{"kept": ["for HEAD"]}', 'application/json'],
  ['a text', 'text', 'says HEAD', 'text/plain; charset=utf-8'],
  ['XML', 'text', '<?xml version="1.0"?><a/>', 'application/xml'],
  ['a text of another encoding', 'text', Buffer.from('fa'.repeat(80), 'hex'), 'text/plain'],
])('GET and HEAD say the same of %s', async (_, kind, raw, type) => {
  const made = await upload(`artifact_type=${kind}`, raw, { 'content-type': 'application/octet-stream' });
  const [get, head] = await Promise.all(
    ['GET', 'HEAD'].map((method) => fetch(bytesOf(made.body.artifact_id), { method })),
  );
  const told = ['content-type', 'content-length', 'etag', 'content-disposition', 'cache-control'];
  expect(get?.headers.get('content-type')).toBe(type);
  for (const name of told) expect(head?.headers.get(name)).toBe(get?.headers.get(name));
});

it.each(['', '/content', '/preview?size=64'])(
  'GET and HEAD say the same where nothing has changed: /artifacts/{id}%s',
  async (part) => {
    const made = await upload('artifact_type=image', picture, { 'content-type': 'image/png' });
    const address = `${rest.url}/api/v1/artifacts/${made.body.artifact_id}${part}`;
    const tag = (await fetch(address)).headers.get('etag') ?? '';
    const [get, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => fetch(address, { method, headers: { 'if-none-match': tag } })),
    );
    expect([get?.status, head?.status]).toEqual([304, 304]);
    for (const name of ['etag', 'cache-control', 'content-type', 'content-length', 'content-disposition'])
      expect(head?.headers.get(name)).toBe(get?.headers.get(name));
    expect(get?.headers.get('content-length')).toBeNull();
  },
);

it.each([
  ['gone', 404],
  ['rotten', 422],
  ['cut short', 422],
])('agrees by GET, HEAD and condition that bytes are %s', async (what, status) => {
  const raw = await sharp({
    create: { width: 41, height: status - what.length, channels: 3, background: '#06c' },
  })
    .png()
    .toBuffer();
  const made = await upload('artifact_type=image', raw, { 'content-type': 'image/png' });
  const tag = (await fetch(previewOf(made.body.artifact_id))).headers.get('etag') ?? '';
  const digest = sha256.parse(made.body.content_hash);
  await spoil(digest, what, raw);
  for (const [address, etag] of [
    [bytesOf(made.body.artifact_id), `"${String(made.body.content_hash)}"`],
    [previewOf(made.body.artifact_id), tag],
  ] as const) {
    for (const init of [{}, { method: 'HEAD' }, { headers: { 'if-none-match': etag } }]) {
      const gone = await fetch(address, init);
      expect([gone.status, gone.headers.get('cache-control')]).toEqual([status, null]);
    }
  }
});

it('refuses bytes that are not what was said', async () => {
  const wrongHash = await upload(`artifact_type=text&content_hash=${'0'.repeat(64)}`, 'x', {
    'content-type': 'text/plain',
  });
  expect(wrongHash.body).toMatchObject({ status: 422, code: 'hash_mismatch' });
  const wrongSize = await upload('artifact_type=text&file_size=5', 'x');
  expect(wrongSize.body).toMatchObject({ status: 400, errors: [{ path: 'file_size' }] });
  const wrongKind = await upload('artifact_type=audio', picture, { 'content-type': 'image/png' });
  expect(wrongKind.body).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
    errors: [{ path: 'artifact_type' }],
  });
});

it.each([
  ['', {}, 'artifact_type'],
  ['artifact_type=text&metadata=%7B', {}, 'metadata'],
  ['artifact_type=text&metadata=[]', {}, 'metadata'],
  ['artifact_type=text&sources=[{}]', {}, 'sources.0.artifact_id'],
  ['artifact_type=text&safety_score=2', {}, 'safety_score'],
  ['artifact_type=text&nonsense=1', {}, 'nonsense'],
  ['artifact_type=text', { 'x-artifact': '{' }, 'x-artifact'],
  ['artifact_type=text', { 'x-artifact': '[]' }, 'x-artifact'],
  ['artifact_type=text', { 'x-artifact': '{"metadata":{"a":1,"a":2}}' }, 'x-artifact.metadata.a'],
  ['artifact_type=text', { 'x-artifact': '{"nonsense":1}' }, 'nonsense'],
])('names the field that is wrong: %s %j', async (query, headers, path) => {
  const { body } = await upload(query, 'x', headers);
  expect(body.status).toBe(400);
  expect(body.errors[0]?.path).toBe(path);
});

it('takes no forms', async () => {
  const { body } = await upload('artifact_type=text', 'x', {
    'content-type': 'multipart/form-data; boundary=x',
  });
  expect(body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
});

it('says so where the store takes no direct uploads', async () => {
  const { body } = await rest.send('POST', '/artifacts/uploads', { json: { file_size: 5 } });
  expect(body).toMatchObject({ status: 400, code: 'invalid_input' });
});
