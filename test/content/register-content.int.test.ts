import { createHash, randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ContentStore } from '../../src/content/content-store.js';
import { digestOf } from '../../src/model/digest.js';
import { registerContent } from '../../src/content/register-content.js';
import { whereIs, whereIsFile } from '../../src/content/where-is.js';
import type { Context } from '../../src/context.js';
import { IntegrityError, NotFound } from '../../src/errors.js';
import { toAsync } from '../contract/content-store.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { wav } from './media-bytes.js';
import { TestStores } from './stores.js';

const stores = new TestStores();
let test1: TestContext;
beforeAll(async () => {
  test1 = await openTestContext(await stores.disk());
});
afterAll(async () => {
  await test1.close();
  await stores.removeAll();
});

const picture = () =>
  sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } })
    .png()
    .toBuffer();
const register = (ctx: Context, input: unknown, bytes: Uint8Array) =>
  registerContent(ctx, input, toAsync([bytes]));
const staged = ({ scratchDir }: ContentStore) => readdir(join(scratchDir, 'staging'));

async function objectsOf(store: ContentStore): Promise<string[]> {
  const digests: string[] = [];
  for await (const { sha256 } of store.list()) digests.push(sha256);
  return digests;
}

describe.each([
  ['the folder', () => stores.disk()],
  ['the bucket', () => stores.s3()],
] as [string, () => Promise<ContentStore>][])('in %s', (_name, open) => {
  let ctx: Context;
  beforeAll(async () => {
    ctx = { ...test1.ctx, content: await open() };
  });
  afterAll(() => ctx.content.close());

  test('an image is recorded with what its bytes tell', async () => {
    const bytes = await picture();
    const artifact = await register(
      ctx,
      { type: 'image', mimeType: 'image/png', metadata: { scene: 3 } },
      bytes,
    );
    expect(artifact).toMatchObject({
      type: 'image',
      contentHash: digestOf(bytes),
      sizeBytes: bytes.length,
      mimeType: 'image/png',
      metadata: { width: 60, height: 40, scene: 3 },
    });
    const [row] = await typeStatement(
      test1,
      'MATCH (:Artifact {id: $id})-[:HAS_CONTENT]->(c) RETURN c.sha256 AS sha256, c.mimeType AS mimeType, c.store AS store',
      { id: artifact.id },
    );
    expect(row).toEqual({ sha256: artifact.contentHash, mimeType: 'image/png', store: ctx.content.kind });
  });

  test('sixteen identical uploads at once are sixteen artifacts and one object', async () => {
    const bytes = randomBytes(3_000_000);
    const before = await objectsOf(ctx.content);
    const artifacts = await Promise.all(
      Array.from({ length: 16 }, () => register(ctx, { type: 'video' }, bytes)),
    );
    expect(new Set(artifacts.map(({ id }) => id)).size).toBe(16);
    expect((await objectsOf(ctx.content)).length).toBe(before.length + 1);
    expect(await whereIs(ctx, digestOf(bytes))).toHaveLength(16);
    const rows = await typeStatement(test1, 'MATCH (c:Content {sha256: $sha256}) RETURN c.sha256 AS sha256', {
      sha256: digestOf(bytes),
    });
    expect(rows).toHaveLength(1);
    expect(await staged(ctx.content)).toEqual([]);
  });

  test.each([20, 3_000_000])('%d bytes of another digest than declared leave nothing', async (size) => {
    const before = await objectsOf(ctx.content);
    const contentHash = createHash('sha256').update('else').digest('hex');
    const refused = register(ctx, { type: 'video', contentHash }, randomBytes(size));
    await expect(refused).rejects.toBeInstanceOf(IntegrityError);
    expect(await objectsOf(ctx.content)).toEqual(before);
    expect(await staged(ctx.content)).toEqual([]);
  });

  test('an artifact that is refused leaves no record, and bytes that only a collection sees', async () => {
    const bytes = randomBytes(2_000_000);
    const sources = [{ artifactId: test1.unique(), type: 'DERIVED_FROM' }];
    await expect(register(ctx, { type: 'video', sources }, bytes)).rejects.toBeInstanceOf(NotFound);
    expect(await whereIs(ctx, digestOf(bytes))).toEqual([]);
    expect(await staged(ctx.content)).toEqual([]);
  });
});

test('bytes that are not what they are called are refused before they are stored', async () => {
  const { ctx } = test1;
  const before = await objectsOf(ctx.content);
  const code = 'unsupported_media_type';
  const sound = wav({ seconds: 0.1, sampleRate: 8000, channels: 1 });
  await expect(register(ctx, { type: 'image', mimeType: 'image/png' }, sound)).rejects.toMatchObject({
    code,
  });
  await expect(register(ctx, { type: 'image' }, sound)).rejects.toMatchObject({ code });
  await expect(register(ctx, { type: 'audio' }, Buffer.from('no sound'))).rejects.toMatchObject({ code });
  expect(await objectsOf(ctx.content)).toEqual(before);
});

test('text that is not what it is called is recorded as both', async () => {
  const bytes = Buffer.from(`<!doctype html><p>${test1.unique()}</p>`);
  expect(await register(test1.ctx, { type: 'text', mimeType: 'text/plain' }, bytes)).toMatchObject({
    mimeType: 'text/plain',
    metadata: { declared_mime_type: 'text/plain', detected_mime_type: 'text/html' },
  });
});

test('the sender’s facts stay, and what the bytes say otherwise is kept beside them', async () => {
  const metadata = { width: 1, note: 'x' };
  const artifact = await register(test1.ctx, { type: 'image', metadata }, await picture());
  expect(artifact.metadata).toEqual({ width: 1, height: 40, note: 'x', probed: { width: 60 } });
});

test('bytes of unknown form may be any media, and text any text', async () => {
  const { ctx } = test1;
  expect(
    await register(ctx, { type: 'video', mimeType: 'application/octet-stream' }, randomBytes(100)),
  ).toMatchObject({
    mimeType: 'application/octet-stream',
  });
  expect(
    await register(ctx, { type: 'text', mimeType: 'text/markdown' }, Buffer.from('# Bär')),
  ).toMatchObject({
    mimeType: 'text/markdown',
    metadata: { character_count: 5, word_count: 1 },
  });
  expect(await register(ctx, { type: 'text' }, new Uint8Array())).toMatchObject({ sizeBytes: 0 });
});

test('the same external id with the same bytes is the same artifact', async () => {
  const bytes = await picture();
  const input = { type: 'image', externalId: test1.unique() };
  const first = await register(test1.ctx, input, bytes);
  expect((await register(test1.ctx, input, bytes)).id).toBe(first.id);
  await expect(register(test1.ctx, input, await picture())).rejects.toMatchObject({ code: 'duplicate' });
});

test('a local file is found again by its bytes, with its stories', async () => {
  const bytes = await picture();
  const artifact = await register(test1.ctx, { type: 'image' }, bytes);
  const storyId = test1.unique('story');
  await typeStatement(
    test1,
    `MATCH (a:Artifact {id: $id})
     CREATE (s:Story {id: $storyId, title: 'Bear', createdAt: datetime()})
     CREATE (s)-[:LINKED_AS {id: $storyId, role: 'cover', isPrimary: true, linkKey: $storyId + '|' + $id + '|cover',
       primarySlot: $storyId + '|cover', createdAt: datetime(), updatedAt: datetime()}]->(a)`,
    { id: artifact.id, storyId },
  );
  const file = join(test1.ctx.content.scratchDir, 'local.png');
  await writeFile(file, bytes);
  const { sha256, found } = await whereIsFile(test1.ctx, file);
  expect(sha256).toBe(artifact.contentHash);
  expect(found).toMatchObject([
    { artifact: { id: artifact.id }, links: [{ storyId, title: 'Bear', role: 'cover', isPrimary: true }] },
  ]);
});
