import { Database } from '../../src/db/database.js';
import type { Context } from '../../src/context.js';
import { Conflict } from '../../src/errors.js';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { registerBatch } from '../../src/artifacts/register-batch.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { testServers } from '../support/servers.js';

let test: TestContext;
/** A second service instance: its own driver and its own group commit. */
let other: Context;

beforeAll(async () => {
  test = await openTestContext();
  other = { ...test.ctx, db: Database.connect({ ...testServers().neo4j, database: 'neo4j' }) };
});
afterAll(async () => {
  await other.db.close();
  await test.close();
});

const image = () => registerArtifact(test.ctx, { type: 'image' });
const derive = (ctx: Context, productId: string, sourceId: string) =>
  relateArtifacts(ctx, { productId, sourceId, type: 'DERIVED_FROM' });

async function edgesAmong(ids: string[]): Promise<[string, string][]> {
  const rows = await typeStatement(
    test,
    'UNWIND $ids AS id MATCH (p:Artifact {id: id})-[:DERIVED_FROM]->(s) WHERE s.id IN $ids RETURN p.id AS p, s.id AS s, p.generation > s.generation AS fits',
    { ids },
  );
  expect(rows.every(({ fits }) => fits === true)).toBe(true);
  return rows.map(({ p, s }) => [String(p), String(s)]);
}

/** True when `to` is reached from `from` along product → source; an independent depth-first search. */
function reaches(edges: readonly [string, string][], from: string, to: string): boolean {
  const seen = new Set<string>();
  const stack = [from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === to) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const [p, s] of edges) if (p === node) stack.push(s);
  }
  return false;
}

const isAcyclic = (edges: [string, string][]) => edges.every(([p, s]) => !reaches(edges, s, p));

describe('a new edge', () => {
  it('is accepted where the generations fit, and lifts them where they do not', async () => {
    const [a, b, c] = [await image(), await image(), await image()];
    await derive(test.ctx, b.id, a.id);
    await derive(test.ctx, c.id, b.id);
    await derive(test.ctx, a.id, (await image()).id);
    await edgesAmong([a.id, b.id, c.id]);
  });

  it('is refused with the path when it would close a cycle, and leaves nothing', async () => {
    const [a, b, c] = [await image(), await image(), await image()];
    await derive(test.ctx, b.id, a.id);
    await derive(test.ctx, c.id, b.id);
    await expect(derive(test.ctx, a.id, c.id)).rejects.toMatchObject({
      code: 'cycle',
      facts: { path: [a.id, b.id, c.id] },
    });
    await expect(derive(test.ctx, a.id, a.id)).rejects.toMatchObject({
      code: 'cycle',
      facts: { path: [a.id] },
    });
    await expect(edgesAmong([a.id, b.id, c.id])).resolves.toHaveLength(2);
  });

  it('is refused when it exists, or when an end does not', async () => {
    const [a, b] = [await image(), await image()];
    await derive(test.ctx, b.id, a.id);
    await expect(derive(test.ctx, b.id, a.id)).rejects.toMatchObject({ code: 'duplicate' });
    await expect(derive(test.ctx, b.id, 'nobody')).rejects.toMatchObject({ code: 'not_found', id: 'nobody' });
    await relateArtifacts(test.ctx, { productId: b.id, sourceId: a.id, type: 'VARIANT_OF' });
  });

  it('lifts a chain of 3,000 below it in a bounded number of rounds', async () => {
    const artifacts = Array.from({ length: 3000 }, (_, n) => ({
      ref: `r${n}`,
      type: 'image',
      sources: n === 0 ? [] : [{ artifactId: `r${n - 1}`, type: 'DERIVED_FROM' }],
    }));
    const batch = await registerBatch(test.ctx, { artifacts });
    const [first, last] = [batch.artifacts[0]?.artifactId ?? '', batch.artifacts.at(-1)?.artifactId ?? ''];
    const deep = await registerArtifact(test.ctx, {
      type: 'image',
      sources: [{ artifactId: (await image()).id, type: 'DERIVED_FROM' }],
    });
    await derive(test.ctx, first, deep.id);
    const [row] = await typeStatement(
      test,
      'MATCH (a:Artifact {id: $id}) RETURN a.generation AS generation',
      { id: last },
    );
    expect(row).toEqual({ generation: 3001 });
    await expect(derive(test.ctx, deep.id, last)).rejects.toMatchObject({ code: 'cycle' });
  });
});

describe('two instances and sixteen clients', () => {
  it('adding random edges in both directions never close a cycle, lose no edge, and refuse none without reason', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, async () => (await image()).id));
    const pick = () => ids[Math.floor(Math.random() * ids.length)] ?? '';
    const accepted: [string, string][] = [];
    const refused: [string, string][] = [];
    const client = async (ctx: Context) => {
      for (let n = 0; n < 25; n++) {
        const [p, s] = [pick(), pick()];
        try {
          await derive(ctx, p, s);
          accepted.push([p, s]);
        } catch (error) {
          if (!(error instanceof Conflict)) throw error;
          if (error.code === 'cycle') refused.push([p, s]);
          else
            expect(error.code === 'duplicate' ? '' : error.message + String(error.cause).slice(0, 1500)).toBe(
              '',
            );
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, n) => client(n % 2 === 0 ? test.ctx : other)));
    const edges = await edgesAmong(ids);
    expect(isAcyclic(edges)).toBe(true);
    expect(edges.map(String).sort()).toEqual(accepted.map(String).sort());
    for (const [p, s] of refused) expect(reaches(edges, s, p)).toBe(true);
  });

  it('racing A from B against B from A: exactly one wins', async () => {
    for (let round = 0; round < 25; round++) {
      const [a, b] = await Promise.all([image(), image()]);
      const outcomes = await Promise.allSettled([derive(test.ctx, a.id, b.id), derive(other, b.id, a.id)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(edgesAmong([a.id, b.id])).resolves.toHaveLength(1);
    }
  });

  it('adding disjoint edges that only together close a cycle: all but one win', async () => {
    for (let round = 0; round < 10; round++) {
      const ids = await Promise.all(Array.from({ length: 4 }, async () => (await image()).id));
      const [a = '', b = '', c = '', d = ''] = ids;
      await derive(test.ctx, b, a);
      await derive(test.ctx, d, c);
      const outcomes = await Promise.allSettled([derive(test.ctx, a, d), derive(other, c, b)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(isAcyclic(await edgesAmong(ids))).toBe(true);
    }
  });
});
