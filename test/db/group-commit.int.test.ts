import { setTimeout as sleep } from 'node:timers/promises';
import { getArtifact } from '../../src/artifacts/get-artifact.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import type { Context } from '../../src/context.js';
import { Database } from '../../src/db/database.js';
import { registerStory } from '../../src/stories/register-story.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { openSecondInstance } from '../support/second-instance.js';
import { testServers } from '../support/servers.js';

let test: TestContext;
let other: Context;
beforeAll(async () => {
  test = await openTestContext();
  other = openSecondInstance(test);
});
afterAll(async () => {
  await other.db.close();
  await test.close();
});

const image = (ctx: Context = test.ctx) => registerArtifact(ctx, { type: 'image' });
const codeOf = (outcome: PromiseSettledResult<unknown>): unknown => {
  if (outcome.status === 'fulfilled') return 'done';
  const reason: unknown = outcome.reason;
  return reason instanceof Error && 'code' in reason ? reason.code : reason;
};

describe('writes that arrive together', () => {
  it('are all there, two hundred within a moment', async () => {
    const began = performance.now();
    const made = await Promise.all(Array.from({ length: 200 }, () => image()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(200);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('are answered each for itself: refused ones disturb no other', async () => {
    const [a, b] = [await image(), await image()];
    const storyId = test.unique('story');
    await registerStory(test.ctx, { id: storyId });
    await relateArtifacts(test.ctx, { productId: b.id, sourceId: a.id, type: 'DERIVED_FROM' });
    const writes = Array.from({ length: 40 }, (_, n): [string, () => Promise<unknown>] => {
      switch (n % 5) {
        case 0:
          return [
            'cycle',
            () => relateArtifacts(test.ctx, { productId: a.id, sourceId: b.id, type: 'VARIANT_OF' }),
          ];
        case 1:
          return [
            'duplicate',
            () => relateArtifacts(test.ctx, { productId: b.id, sourceId: a.id, type: 'DERIVED_FROM' }),
          ];
        case 2:
          return ['duplicate', () => registerStory(test.ctx, { id: storyId })];
        case 3:
          return [
            'not_found',
            () =>
              registerArtifact(test.ctx, {
                type: 'image',
                sources: [{ artifactId: 'nobody', type: 'VARIANT_OF' }],
              }),
          ];
        default:
          return [
            'done',
            () =>
              registerArtifact(test.ctx, {
                type: 'image',
                sources: [{ artifactId: a.id, type: 'VARIANT_OF' }],
              }),
          ];
      }
    });
    const outcomes = await Promise.allSettled(writes.map(([, write]) => write()));
    expect(outcomes.map(codeOf)).toEqual(writes.map(([code]) => code));
    expect((await getArtifact(test.ctx, a.id)).generation).toBe(0);
  });

  it('survive one that only the database refuses: the others are written once', async () => {
    const externalId = test.unique('external');
    // Two instances cannot see each other's waiting writes: the unique key decides at the commit, for the whole group.
    const rounds = Array.from({ length: 24 }, (_, n) => {
      const ctx = n % 2 === 0 ? test.ctx : other;
      return n % 6 < 2
        ? registerArtifact(ctx, { type: 'image', externalId, description: 'one' })
        : registerArtifact(ctx, { type: 'image', description: externalId });
    });
    const made = await Promise.all(rounds);
    expect(new Set(made.map(({ id }) => id)).size).toBe(16 + 1);
    const counted =
      'MATCH (a:Artifact) WHERE a.createdAt > datetime() - duration("PT10M") AND a.description = $externalId RETURN count(a) AS count';
    expect(await typeStatement(test, counted, { externalId })).toEqual([{ count: 16 }]);
  });

  it('do not wait for one that waits for a lock', async () => {
    const [a, b] = [await image(), await image()];
    const session = test.ctx.db.driver.session({ database: test.ctx.db.name });
    const holder = await session.beginTransaction();
    await holder.run('MATCH (a:Artifact {id: $id}) SET a.id = a.id', { id: a.id });
    let isRelated = false;
    const relate = relateArtifacts(test.ctx, { productId: b.id, sourceId: a.id, type: 'DERIVED_FROM' });
    const relating = relate.then(() => (isRelated = true));
    await sleep(20);
    const made = await image();
    expect(isRelated).toBe(false);
    await holder.commit();
    await session.close();
    await relating;
    expect((await getArtifact(test.ctx, made.id)).id).toBe(made.id);
  });

  it('never show a deadlock, however the instances cross each other', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, async () => (await image()).id));
    const pick = () => ids[Math.floor(Math.random() * ids.length)] ?? '';
    const client = async (ctx: Context) => {
      const codes: unknown[] = [];
      for (let n = 0; n < 8; n++) {
        const types = ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'];
        const outcomes = await Promise.allSettled(
          types.map((type) => relateArtifacts(ctx, { productId: pick(), sourceId: pick(), type })),
        );
        codes.push(...outcomes.map(codeOf));
      }
      return codes;
    };
    const codes = (
      await Promise.all(Array.from({ length: 8 }, (_, n) => client(n % 2 === 0 ? test.ctx : other)))
    ).flat();
    for (const code of codes) expect(['done', 'cycle', 'duplicate']).toContain(code);
  });
});

describe('a database that is away', () => {
  it('is told to every waiting writer as unavailable, and soon', async () => {
    const { password } = testServers().neo4j;
    // Nothing listens on the discard port of loopback.
    const db = Database.connect({ uri: 'bolt://127.0.0.1:9', user: 'neo4j', password, database: 'neo4j' });
    const began = performance.now();
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => image({ ...test.ctx, db })));
    expect(outcomes.map(codeOf)).toEqual(outcomes.map(() => 'unavailable'));
    // Nothing was sent, so nobody is told that something may have been recorded.
    const [first] = outcomes;
    expect(first).toMatchObject({
      reason: { message: expect.stringContaining('does not answer') as string },
    });
    expect(performance.now() - began).toBeLessThan(10_000);
    await db.close();
  });
});
