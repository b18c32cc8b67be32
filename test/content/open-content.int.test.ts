import { randomBytes } from 'node:crypto';
import type { DiskStore } from '../../src/content/disk/disk-store.js';
import { copyContent } from '../../src/content/copy-content.js';
import { openContent, presignContent } from '../../src/content/open-content.js';
import { registerContent } from '../../src/content/register-content.js';
import { verifyContent, verifyObject } from '../../src/content/verify-content.js';
import type { Context } from '../../src/context.js';
import { IntegrityError, NotFound, Unavailable } from '../../src/errors.js';
import { sha256 } from '../../src/model/digest.js';
import { readAll, toAsync } from '../contract/content-store.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { flipBit, TestStores } from './stores.js';

const stores = new TestStores();
let disk: DiskStore;
let opened: TestContext;
let ctx: Context;
beforeAll(async () => {
  disk = await stores.disk();
  opened = await openTestContext(disk);
  ctx = opened.ctx;
});
afterAll(async () => {
  await opened.close();
  await stores.removeAll();
});

const large = 20_000_000;

async function upload(size: number, at = ctx) {
  const bytes = randomBytes(size);
  const artifact = await registerContent(
    at,
    { type: size === 0 ? 'text' : 'video', path: '/films/bear.bin' },
    toAsync([bytes]),
  );
  return { bytes, artifact, digest: sha256.parse(artifact.contentHash) };
}

test.each([0, 1000, large])('gives back %d bytes with their digest as ETag', async (size) => {
  const { bytes, artifact } = await upload(size);
  const { status, headers, body } = await openContent(ctx, artifact.id, {});
  expect(status).toBe(200);
  expect(headers).toMatchObject({ etag: `"${artifact.contentHash}"`, 'content-length': String(size) });
  expect(headers['content-disposition']).toBe('attachment; filename="bear.bin"');
  expect(body && (await readAll(body)).equals(bytes)).toBe(true);
});

test.each([1000, large])('gives a range of %d bytes', async (size) => {
  const { bytes, artifact } = await upload(size);
  for (const [range, start, end] of [
    ['bytes=10-19', 10, 20],
    ['bytes=-7', size - 7, size],
    ['bytes=0-', 0, size],
  ] as const) {
    const { status, body } = await openContent(ctx, artifact.id, { range });
    expect(status).toBe(206);
    expect(body && (await readAll(body)).equals(bytes.subarray(start, end))).toBe(true);
  }
  expect(await openContent(ctx, artifact.id, { range: `bytes=${size}-` })).toMatchObject({
    status: 416,
    body: null,
  });
  const ifNoneMatch = `"${artifact.contentHash}"`;
  expect(await openContent(ctx, artifact.id, { ifNoneMatch })).toMatchObject({ status: 304, body: null });
  expect(await openContent(ctx, artifact.id, {}, { headOnly: true })).toMatchObject({
    status: 200,
    body: null,
  });
});

test('says which is missing, the artifact or its bytes', async () => {
  await expect(openContent(ctx, opened.unique(), {})).rejects.toMatchObject({ entity: 'artifact' });
  const { artifact, digest } = await upload(10);
  await disk.remove(digest);
  await expect(openContent(ctx, artifact.id, {})).rejects.toBeInstanceOf(NotFound);
});

async function findingsOf(digest: string) {
  const found = [];
  for await (const finding of verifyContent(ctx)) if (finding.sha256 === digest) found.push(finding);
  return found;
}

describe('one flipped bit', () => {
  test.each([
    ['small content', 5000, 2500],
    ['the first byte of large content', large, 0],
    ['the last byte of large content', large, large - 1],
  ])('in %s is found by verification and never served as good', async (_where, size, at) => {
    const { bytes, artifact, digest } = await upload(size);
    const whole = await openContent(ctx, artifact.id, {});
    expect(whole.body && (await readAll(whole.body)).equals(bytes)).toBe(true);
    expect(await findingsOf(digest)).toEqual([]);

    await flipBit(disk, digest, at);
    expect(await findingsOf(digest)).toMatchObject([{ problem: 'wrong_bytes', expected: digest }]);
    const delivered: Uint8Array[] = [];
    const read = async (range?: string) => {
      delivered.length = 0;
      const { body } = await openContent(ctx, artifact.id, { range });
      for await (const chunk of body as AsyncIterable<Uint8Array>) delivered.push(chunk);
    };
    await expect(read()).rejects.toBeInstanceOf(IntegrityError);
    expect(Buffer.concat(delivered).length).toBeLessThan(size);
    await expect(read('bytes=5-6')).rejects.toBeInstanceOf(IntegrityError);
    expect(delivered).toHaveLength(0);
  });

  test('is found in the bucket, too, where somebody put other bytes under the digest', async () => {
    const options = await stores.s3Options();
    const at = { ...ctx, content: await stores.s3(options) };
    const { artifact, digest } = await upload(5000, at);
    await stores.admin().putObject(options.bucket, `objects/${digest}`, randomBytes(5000));
    await expect(openContent(at, artifact.id, {})).rejects.toBeInstanceOf(IntegrityError);
    await at.content.close();
  });
});

test('an object that its store cannot read is a finding, a store that is away is not', async () => {
  const options = await stores.s3Options();
  const whole = await stores.s3(options);
  const { digest } = await upload(5000, { ...ctx, content: whole });
  await whole.close();
  const damaged = await stores.busyEndpoint(({ method, url }) => method === 'GET' && !!url?.includes(digest));
  const content = await stores.s3({ ...options, endpoint: damaged });
  const object = { sha256: digest, sizeBytes: 5000 };
  expect(await verifyObject({ content }, object)).toMatchObject({ sha256: digest, problem: 'unreadable' });
  expect(await copyContent(ctx, content, await stores.disk())).toMatchObject({ copied: 0, rotten: [digest] });
  await content.close();
  let busy = false;
  const away = await stores.s3({ ...options, endpoint: await stores.busyEndpoint(() => busy) });
  busy = true;
  await expect(verifyObject({ content: away }, object)).rejects.toBeInstanceOf(Unavailable);
  await away.close();
});

test('a bucket gives out the bytes itself, under the same headers', async () => {
  const at = { ...ctx, content: await stores.s3() };
  const { bytes, artifact } = await upload(1000, at);
  const answer = await fetch((await presignContent(at, artifact.id)) ?? '');
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="bear.bin"');
  await at.content.close();
  const onDisk = await upload(10);
  expect(await presignContent(ctx, onDisk.artifact.id)).toBeNull();
});
