import { randomBytes } from 'node:crypto';
import type { PresignedRequest } from '../../src/content/content-store.js';
import { digestOf } from '../../src/model/digest.js';
import { completeUpload, createUpload } from '../../src/content/direct-upload.js';
import { protectContent, protectPublished } from '../../src/content/protect-published.js';
import { registerContent } from '../../src/content/register-content.js';
import { whereIs } from '../../src/content/where-is.js';
import type { Context } from '../../src/context.js';
import { Conflict, IntegrityError, InvalidInput, NotFound } from '../../src/errors.js';
import { sha256 } from '../../src/model/digest.js';
import { readAll, toAsync } from '../contract/content-store.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { TestStores } from './stores.js';

const stores = new TestStores();
let opened: TestContext;
let ctx: Context;
beforeAll(async () => {
  opened = await openTestContext(await stores.s3());
  ctx = opened.ctx;
});
afterAll(async () => {
  await opened.close();
  await stores.removeAll();
});

async function send({ method, url, headers }: PresignedRequest, body: Uint8Array): Promise<number> {
  const { 'content-length': _, ...rest } = headers;
  return (await fetch(url, { method, headers: rest, body: Buffer.from(body) })).status;
}

test('bytes of a known digest go to the store in one request, and become an artifact when they are there', async () => {
  const bytes = randomBytes(2_000_000);
  const contentHash = digestOf(bytes);
  const { uploadId, requests, partSize } = await createUpload(ctx, { sizeBytes: bytes.length, contentHash });
  expect(partSize).toBeNull();
  await expect(completeUpload(ctx, uploadId, { type: 'video' })).rejects.toBeInstanceOf(NotFound);
  const [request] = requests;
  expect(request && (await send(request, randomBytes(bytes.length)))).toBe(400);
  await expect(completeUpload(ctx, uploadId, { type: 'video' })).rejects.toBeInstanceOf(NotFound);
  expect(await whereIs(ctx, contentHash)).toEqual([]);

  expect(request && (await send(request, bytes))).toBe(200);
  expect(await whereIs(ctx, contentHash)).toEqual([]);
  const artifact = await completeUpload(ctx, uploadId, { type: 'video', description: 'film' });
  expect(artifact).toMatchObject({ contentHash, sizeBytes: bytes.length, description: 'film' });
  expect((await createUpload(ctx, { sizeBytes: bytes.length, contentHash })).requests).toEqual([]);
  expect((await completeUpload(ctx, uploadId, { type: 'video' })).id).not.toBe(artifact.id);
});

test('bytes of an unknown digest go in parts, and are hashed before the artifact exists', async () => {
  const bytes = randomBytes(65 * 1024 * 1024);
  const { uploadId, requests, partSize } = await createUpload(ctx, { sizeBytes: bytes.length });
  expect(requests).toHaveLength(2);
  for (const [n, request] of requests.entries()) {
    const part = bytes.subarray(n * (partSize ?? 0), (n + 1) * (partSize ?? 0));
    expect(await send(request, part)).toBe(200);
  }
  const artifact = await completeUpload(ctx, uploadId, { type: 'video', sizeBytes: bytes.length });
  expect(artifact.contentHash).toBe(digestOf(bytes));
  expect((await readAll(await ctx.content.open(sha256.parse(artifact.contentHash)))).equals(bytes)).toBe(
    true,
  );
  await expect(completeUpload(ctx, uploadId, { type: 'video' })).rejects.toBeInstanceOf(NotFound);
});

test('parts that are not what was promised leave nothing', async () => {
  const { uploadId, requests } = await createUpload(ctx, { sizeBytes: 1000 });
  const [request] = requests;
  const bytes = randomBytes(1000);
  expect(request && (await send(request, bytes))).toBe(200);
  const contentHash = digestOf(Buffer.from('else'));
  await expect(completeUpload(ctx, uploadId, { type: 'video', contentHash })).rejects.toBeInstanceOf(
    IntegrityError,
  );
  expect(await ctx.content.stat(digestOf(bytes))).toBeNull();
  await expect(completeUpload(ctx, uploadId, { type: 'video' })).rejects.toBeInstanceOf(NotFound);
});

test('names and sizes that cannot be are refused', async () => {
  await expect(createUpload(ctx, { sizeBytes: 0 })).rejects.toBeInstanceOf(InvalidInput);
  for (const uploadId of ['', 'put.xyz', 'parts.', 'parts.../../objects/x', 'else.1']) {
    await expect(completeUpload(ctx, uploadId, { type: 'video' })).rejects.toBeInstanceOf(InvalidInput);
  }
  const onDisk = { ...ctx, content: await stores.disk() };
  await expect(createUpload(onDisk, { sizeBytes: 10 })).rejects.toThrow(/no direct uploads/);
});

test('published bytes are locked where the bucket has object lock', async () => {
  const options = await stores.s3Options();
  await stores.admin().makeBucket(options.bucket, 'us-east-1', { ObjectLocking: true });
  const at = { ...ctx, content: await stores.s3(options) };
  const artifact = await registerContent(at, { type: 'video' }, toAsync([randomBytes(100)]));
  const digest = sha256.parse(artifact.contentHash);
  const seconds = 2 / 86_400;
  expect(await protectContent(at, artifact.id, seconds)).toBe('protected');
  await expect(at.content.remove(digest)).rejects.toBeInstanceOf(Conflict);
  expect(
    await protectContent(
      ctx,
      (await registerContent(ctx, { type: 'video' }, toAsync([randomBytes(9)]))).id,
      1,
    ),
  ).toBe('unsupported');
  const [bare] = await typeStatement(
    opened,
    "CREATE (a:Artifact {id: $id, type: 'text', lifecycleState: 'intermediate', generation: 0, createdAt: datetime()}) RETURN a.id AS id",
    { id: opened.unique() },
  );
  expect(await protectContent(at, String(bare?.['id']), 1)).toBe('unsupported');
  await at.content.close();
});

test('where the store has no locks, that is said at once', async () => {
  expect(await protectPublished(ctx, 1)).toMatchObject({ protected: 0 });
});
