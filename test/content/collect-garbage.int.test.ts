import { randomBytes } from 'node:crypto';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from '../../src/content/content-store.js';
import { collectGarbage } from '../../src/content/collect-garbage.js';
import { copyContent } from '../../src/content/copy-content.js';
import { registerContent } from '../../src/content/register-content.js';
import type { Context } from '../../src/context.js';
import { sha256, type Sha256 } from '../../src/model/digest.js';
import { readAll, toAsync, verified } from '../contract/content-store.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { flipBit, TestStores } from './stores.js';

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

/** The same context as it will be in two days. */
const later = (ctx: Context): Context => ({ ...ctx, clock: () => new Date(Date.now() + 2 * 86_400_000) });

describe.each([
  ['the folder', () => stores.disk()],
  ['the bucket', () => stores.s3()],
] as [string, () => Promise<ContentStore>][])('collecting in %s', (_name, open) => {
  let ctx: Context;
  beforeAll(async () => {
    ctx = { ...opened.ctx, content: await open(), actor: 'keeper' };
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

    expect(await collectGarbage(ctx)).toMatchObject({ examined: 3, removed: 0, young: 2 });
    expect(await collectGarbage(later(ctx), { dryRun: true })).toMatchObject({
      removed: 2,
      freedBytes: 2000,
    });
    expect(await ctx.content.stat(loose)).not.toBeNull();
    expect(await collectGarbage(later(ctx))).toMatchObject({
      examined: 3,
      removed: 2,
      freedBytes: 2000,
      young: 0,
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
    expect(await collectGarbage(later(ctx))).toMatchObject({ examined: 1, removed: 0 });
  });

  test('never takes bytes from uploads of the same bytes that run beside it', async () => {
    const contents = Array.from({ length: 8 }, () => randomBytes(800));
    for (let round = 0; round < 3; round++) {
      const loose = contents.map((bytes) => verified(Buffer.concat([bytes, Buffer.from([round])])));
      for (const content of loose) await ctx.content.put(content);
      const [, ...digests] = await Promise.all([
        collectGarbage(later(ctx)),
        ...loose.map(({ bytes }) => register(ctx, bytes)),
      ]);
      await collectGarbage(later(ctx));
      for (const digest of digests) expect(await readAll(await ctx.content.open(digest))).toHaveLength(801);
    }
  });

  test('removes what uploads left behind', async () => {
    const left = join(ctx.content.scratchDir, 'staging', 'receive-left');
    await writeFile(left, 'half an upload');
    await utimes(left, new Date(0), new Date(0));
    expect((await collectGarbage(ctx)).leftovers).toBe(1);
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
