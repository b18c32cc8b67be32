import { randomBytes } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { bindStore } from '../../src/content/bind-store.js';
import { getContentOfArtifact } from '../../src/content/content-of-artifact.js';
import type { ContentStore } from '../../src/content/content-store.js';
import { collectGarbage } from '../../src/content/collect-garbage.js';
import { copyContent } from '../../src/content/copy-content.js';
import { registerContent } from '../../src/content/register-content.js';
import type { Context } from '../../src/context.js';
import { NotFound } from '../../src/errors.js';
import { sha256, type Sha256 } from '../../src/model/digest.js';
import { readAll, toAsync, verified } from '../contract/content-store.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { flipBit, steppingStore, TestStores } from './stores.js';

const stores = new TestStores();
let opened: TestContext;
beforeAll(async () => {
  opened = await openTestContext(await stores.disk());
});
afterAll(async () => {
  await opened.close();
  await stores.removeAll();
});

async function register(ctx: Context, bytes: Uint8Array): Promise<Sha256> {
  const artifact = await registerContent(
    ctx,
    { type: bytes.length > 0 ? 'video' : 'text' },
    toAsync([bytes]),
  );
  return sha256.parse(artifact.contentHash);
}

async function putLoose(store: ContentStore): Promise<Sha256> {
  const content = verified(randomBytes(1000));
  await store.put(content);
  return content.sha256;
}

/** The same context as it will be then. */
const later = (ctx: Context, days = 2): Context => ({
  ...ctx,
  clock: () => new Date(Date.now() + days * 86_400_000),
});

/** A collection without any span, which a careful one waits for: what is safe beside it is safe beside all. */
const hasty = { graceMs: 0, quarantineMs: 0, force: true };
const collectHastily = (ctx: Context) => collectGarbage({ ...ctx, clock: soon }, hasty);
/** A bucket tells times in whole seconds. */
const soon = () => new Date(Date.now() + 2_000);

describe.each([
  ['the folder', () => stores.disk()],
  ['the bucket', () => stores.s3()],
] as [string, () => Promise<ContentStore>][])('collecting in %s', (_name, open) => {
  let ctx: Context;
  beforeAll(async () => {
    ctx = { ...opened.ctx, content: await open(), actor: 'keeper' };
    await bindStore(ctx);
  });
  afterAll(() => ctx.content.close());

  test('removes bytes that no artifact refers to, once they are old enough, and says so in the record', async () => {
    const kept = await register(ctx, randomBytes(500));
    const loose = await putLoose(ctx.content);
    const recorded = await putLoose(ctx.content);
    await typeStatement(
      opened,
      "CREATE (:Content {sha256: $recorded, sizeBytes: 1000, mimeType: 'x/y', storedAt: datetime(), store: 'disk'})",
      { recorded },
    );

    expect(await collectGarbage(ctx, { force: true })).toMatchObject({ examined: 3, removed: 0, young: 2 });
    expect(await collectGarbage(later(ctx), { dryRun: true })).toMatchObject({
      removed: 2,
      freedBytes: 2000,
    });
    expect(await ctx.content.stat(loose)).not.toBeNull();
    expect(await collectGarbage(later(ctx), { force: true })).toMatchObject({
      removed: 0,
      doomed: 2,
      young: 0,
    });
    expect(await ctx.content.stat(loose)).not.toBeNull();
    await expect(collectGarbage(later(ctx, 4))).rejects.toThrow('more than a tenth');
    expect(await collectGarbage(later(ctx, 4), { force: true })).toMatchObject({
      examined: 3,
      removed: 2,
      freedBytes: 2000,
      doomed: 0,
    });

    expect(await ctx.content.stat(kept)).not.toBeNull();
    for (const gone of [loose, recorded]) {
      expect(await ctx.content.stat(gone)).toBeNull();
      expect(
        await typeStatement(opened, 'MATCH (c:Content {sha256: $gone}) RETURN c.sha256', { gone }),
      ).toEqual([]);
      const [grant] = await typeStatement(
        opened,
        'MATCH (g:MaintenanceGrant) WHERE g.after CONTAINS $gone RETURN g.actor AS actor, g.reason AS reason',
        { gone },
      );
      expect(grant).toEqual({ actor: 'keeper', reason: 'no artifact refers to these bytes' });
    }
    expect(await collectGarbage(later(ctx, 6), { force: true })).toMatchObject({ examined: 1, removed: 0 });
  });

  test('lets a new reference lift the mark, also one by the hash alone', async () => {
    const [byBytes, byHash] = [randomBytes(300), verified(randomBytes(300))];
    await ctx.content.put(verified(byBytes));
    await ctx.content.put(byHash);
    expect(await collectGarbage(later(ctx), { force: true })).toMatchObject({ doomed: 2 });
    const digest = await register(ctx, byBytes);
    const { id } = await registerArtifact(ctx, { type: 'video', contentHash: byHash.sha256 });
    expect(await collectGarbage(later(ctx, 4), { force: true })).toMatchObject({ removed: 0 });
    expect(await readAll(await ctx.content.open(digest))).toHaveLength(300);
    expect((await getContentOfArtifact(ctx, id)).sha256).toBe(byHash.sha256);
  });

  test('takes no bytes that an upload found and has not recorded yet', async () => {
    const bytes = randomBytes(700);
    await ctx.content.put(verified(bytes));
    const content = steppingStore(ctx.content, {
      put: async (put) => {
        const outcome = await put();
        if (outcome === 'present') await collectHastily(ctx);
        return outcome;
      },
    });
    const digest = await register({ ...ctx, content }, bytes);
    expect(await readAll(await ctx.content.open(digest))).toHaveLength(700);
    await collectHastily(ctx);
    expect(await ctx.content.stat(digest)).not.toBeNull();
  });

  test('lets an upload wait that comes during a removal, and store the bytes anew', async () => {
    const bytes = randomBytes(700);
    await ctx.content.put(verified(bytes));
    let upload: Promise<Sha256> | undefined;
    const content = steppingStore(ctx.content, {
      remove: async (remove) => {
        upload ??= register(ctx, bytes);
        await sleep(300);
        return remove();
      },
    });
    await collectHastily({ ...ctx, content });
    const digest = await upload;
    if (!digest) throw new Error('nothing was removed');
    expect(await readAll(await ctx.content.open(digest))).toHaveLength(700);
  });

  test('leaves nothing that could be attached without bytes when it ends between removal and commit', async () => {
    const [again, never] = [randomBytes(600), randomBytes(600)];
    for (const bytes of [again, never]) await ctx.content.put(verified(bytes));
    const content = steppingStore(ctx.content, {
      remove: async (remove) => {
        await remove();
        throw new Error('killed');
      },
    });
    await expect(collectHastily({ ...ctx, content })).rejects.toThrow('killed');
    const { id } = await registerArtifact(ctx, { type: 'video', contentHash: verified(never).sha256 });
    await expect(getContentOfArtifact(ctx, id)).rejects.toBeInstanceOf(NotFound);
    const digest = await register(ctx, again);
    await collectHastily(ctx);
    expect(await readAll(await ctx.content.open(digest))).toHaveLength(600);
  });

  test('is safe beside another collection and uploads of the same bytes', async () => {
    const contents = Array.from({ length: 8 }, () => randomBytes(800));
    for (let round = 0; round < 3; round++) {
      const loose = contents.map((bytes) => verified(Buffer.concat([bytes, Buffer.from([round])])));
      for (const content of loose) await ctx.content.put(content);
      const [, , ...digests] = await Promise.all([
        collectHastily(ctx),
        collectHastily(ctx),
        ...loose.map(({ bytes }) => register(ctx, bytes)),
      ]);
      await collectHastily(ctx);
      for (const digest of digests) expect(await readAll(await ctx.content.open(digest))).toHaveLength(801);
    }
  });

  test('believes no graph that is not bound to the store', async () => {
    const strange = await open();
    await expect(collectGarbage({ ...ctx, content: strange })).rejects.toThrow('not bound');
    await bindStore({ ...ctx, content: strange });
    expect(await collectGarbage({ ...ctx, content: strange }, { force: true })).toMatchObject({
      examined: 0,
    });
    await strange.close();
  });

  test('removes what uploads left behind', async () => {
    const left = join(ctx.content.scratchDir, 'staging', 'receive-left');
    await writeFile(left, 'half an upload');
    await utimes(left, new Date(0), new Date(0));
    expect((await collectGarbage(ctx, { force: true })).leftovers).toBe(1);
  });
});

test('copying moves every object over, resumes, and copies nothing rotten', async () => {
  const from = await stores.disk();
  const to = await stores.s3();
  const ctx = { ...opened.ctx, content: from };
  const sizes = [0, 10, 5000, 3_000_000];
  const digests = await Promise.all(sizes.map((size) => register(ctx, randomBytes(size))));
  const rotten = await register(ctx, randomBytes(2000));
  await flipBit(from, rotten, 7);

  const first = await copyContent(ctx, from, to);
  expect(first).toEqual({ copied: 4, copiedBytes: 3_005_010, present: 0, rotten: [rotten] });
  for (const [n, digest] of digests.entries()) {
    expect(await readAll(await to.open(digest))).toHaveLength(sizes[n] ?? -1);
    const [row] = await typeStatement(opened, 'MATCH (c:Content {sha256: $digest}) RETURN c.store AS store', {
      digest,
    });
    expect(row).toEqual({ store: 's3' });
  }
  expect(await to.stat(rotten)).toBeNull();
  expect(await copyContent(ctx, from, to)).toMatchObject({ copied: 0, present: 4, rotten: [rotten] });

  const back = await stores.disk();
  expect(await copyContent(ctx, to, back)).toMatchObject({ copied: 4, rotten: [] });
  await to.close();
});

test('right bytes that are uploaded again heal an object that has rotted', async () => {
  const content = await stores.disk();
  const ctx = { ...opened.ctx, content };
  const bytes = randomBytes(2000);
  const digest = await register(ctx, bytes);
  await flipBit(content, digest, 9);
  await register(ctx, bytes);
  expect((await readAll(await content.open(digest))).equals(bytes)).toBe(true);
});
