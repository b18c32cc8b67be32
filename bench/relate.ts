/**
 * Adding an edge whose generations fit, in a graph of 100 artifacts and in one of 100,000: database hits of all its
 * statements (PROFILE) and milliseconds. Then a lift: the first of a chain of 10,000 is said to be made from something
 * new, so that all of them rise.
 *
 *   npm run bench -- relate [artifacts, 100000] [chain, 10000] [--data-dir DIR]
 */
import { randomUUID } from 'node:crypto';
import type { ProfiledPlan, Transaction as DriverTransaction } from 'neo4j-driver';
import { registerArtifact } from '../src/artifacts/register-artifact.js';
import { registerBatch } from '../src/artifacts/register-batch.js';
import { insertRelations, relateArtifacts } from '../src/artifacts/relate-artifacts.js';
import type { Context } from '../src/context.js';
import { lockAll } from '../src/db/locks.js';
import { Transaction } from '../src/db/transaction.js';
import { median, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';

const numbers = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const large = Number(numbers[0] ?? 100_000);
const chainLength = Number(numbers[1] ?? 10_000);
const small = 100;

/** Chains of ten, `count` artifacts in all. */
async function grow(ctx: Context, count: number): Promise<void> {
  for (let done = 0; done < count; done += 5000) {
    const artifacts = Array.from({ length: Math.min(5000, count - done) }, (_, n) => ({
      ref: `r${n}`,
      type: 'image',
      sources: n % 10 === 0 ? [] : [{ artifactId: `r${n - 1}`, type: 'DERIVED_FROM' }],
    }));
    await registerBatch(ctx, { artifacts });
    if (done % 20_000 === 0 && done > 0) console.error(`${done} of ${count} artifacts`);
  }
}

/** A product one generation above a source that it is not related to. */
async function pair(ctx: Context): Promise<{ productId: string; sourceId: string }> {
  const sources = [{ artifactId: (await registerArtifact(ctx, { type: 'image' })).id, type: 'VARIANT_OF' }];
  const product = await registerArtifact(ctx, { type: 'image', sources });
  return { productId: product.id, sourceId: (await registerArtifact(ctx, { type: 'image' })).id };
}

/** The same transaction, profiled: `hits` grows by what each statement touched. */
function profiling(transaction: DriverTransaction, hits: { total: number }): DriverTransaction {
  return new Proxy(transaction, {
    get(target, name) {
      if (name !== 'run') return Reflect.get(target, name, target) as unknown;
      return async (text: string, params: Record<string, unknown>) => {
        const result = await target.run(`PROFILE ${text}`, params);
        const { profile } = result.summary;
        if (profile) hits.total += sumHits(profile);
        return result;
      };
    },
  });
}

function sumHits({ dbHits, children }: ProfiledPlan): number {
  return children.reduce((sum, child) => sum + sumHits(child), Number(dbHits));
}

async function hitsOfOne({ db }: Context, ends: { productId: string; sourceId: string }): Promise<number> {
  const hits = { total: 0 };
  const session = db.driver.session({ database: db.name });
  const transaction = await session.beginTransaction();
  try {
    const profiled = profiling(transaction, hits);
    const tx = new Transaction({ beginTransaction: () => profiled }, 120_000);
    const locked = await lockAll(tx, [{ artifacts: [ends.productId, ends.sourceId] }]);
    const relation = {
      id: randomUUID(),
      ...ends,
      type: 'DERIVED_FROM' as const,
      metadata: null,
      createdAt: Date.now(),
    };
    const [refusal] = await insertRelations(tx, [relation], locked);
    if (refusal) throw refusal;
    await transaction.rollback();
  } finally {
    await session.close();
  }
  return hits.total;
}

async function tell(ctx: Context, count: number): Promise<void> {
  const hits = await hitsOfOne(ctx, await pair(ctx));
  const times: number[] = [];
  for (let n = 0; n < 60; n++) {
    const ends = await pair(ctx);
    times.push(await timed(() => relateArtifacts(ctx, { ...ends, type: 'DERIVED_FROM' })));
  }
  console.log(
    `among ${count} artifacts: ${hits} db hits, ${median(times).toFixed(2)} ms (median of ${times.length})`,
  );
}

async function tellLift(ctx: Context): Promise<void> {
  const artifacts = Array.from({ length: chainLength }, (_, n) => ({
    ref: `r${n}`,
    type: 'image',
    sources: n === 0 ? [] : [{ artifactId: `r${n - 1}`, type: 'DERIVED_FROM' }],
  }));
  const chain = await registerBatch(ctx, { artifacts });
  const { productId } = await pair(ctx);
  const ends = { productId: chain.artifacts[0]?.artifactId, sourceId: productId };
  const ms = await timed(() => relateArtifacts(ctx, { ...ends, type: 'DERIVED_FROM' }));
  console.log(`a lift of a chain of ${chainLength}: ${(ms / 1000).toFixed(2)} s`);
}

async function countArtifacts({ db }: Context): Promise<number> {
  const { records } = await db.driver.executeQuery(
    'MATCH (a:Artifact) RETURN count(a) AS count',
    {},
    { database: db.name },
  );
  return Number(records[0]?.get('count'));
}

await withOwnNeo4j(async (ctx) => {
  await grow(ctx, Math.max(0, small - (await countArtifacts(ctx))));
  await tell(ctx, await countArtifacts(ctx));
  await grow(ctx, Math.max(0, large - (await countArtifacts(ctx))));
  await tell(ctx, await countArtifacts(ctx));
  await tellLift(ctx);
});
