/**
 * What the guard costs: the same writes with it and without it, alternating, on a Neo4j of its own (which is the only
 * kind of database where taking a guard away is in order). Medians of milliseconds.
 *
 *   npm run bench -- guards [rounds, 7] [--data-dir DIR]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { registerArtifact } from '../src/artifacts/register-artifact.js';
import { registerBatch } from '../src/artifacts/register-batch.js';
import type { Context } from '../src/context.js';
import { installTrigger, newestTriggers, probeGuard } from '../src/db/guard.js';
import { readMigrations, type Migration } from '../src/db/migration-files.js';
import { median, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';

const rounds = Number(process.argv[2]?.match(/^\d+$/)?.[0] ?? 7);
const singles = 60;
const batches = 3;
const batchSize = 1000;

const [guard] = newestTriggers(readMigrations());
if (!guard) throw new Error('migrations/ has no guard');

/** A chain cut every ten: 1,000 artifacts with 900 edges. */
const batch = {
  artifacts: Array.from({ length: batchSize }, (_, n) => ({
    ref: `r${n}`,
    type: 'image',
    description: 'one frame of many',
    sources: n % 10 === 0 ? [] : [{ artifactId: `r${n - 1}`, type: 'DERIVED_FROM' }],
  })),
};

async function turnOn({ db }: Context, { name, statements: [text = ''] }: Migration): Promise<void> {
  await installTrigger(db.driver, db.name, name, text);
  while (!(await probeGuard(db.driver, db.name))) await sleep(100);
}

async function turnOff({ db }: Context, { name }: Migration): Promise<void> {
  await db.driver.executeQuery(
    'CALL apoc.trigger.drop($database, $name) YIELD name RETURN name',
    { database: db.name, name },
    { database: 'system' },
  );
  while (await probeGuard(db.driver, db.name)) await sleep(100);
}

interface Times {
  single: number[];
  batch: number[];
}

async function sample(ctx: Context, times: Times): Promise<void> {
  const single = () => timed(() => registerArtifact(ctx, { type: 'image', description: 'one frame' }));
  const whole = () => timed(() => registerBatch(ctx, batch));
  for (let n = 0; n < singles; n++) times.single.push(await single());
  for (let n = 0; n < batches; n++) times.batch.push(await whole());
}

await withOwnNeo4j(async (ctx) => {
  const [withGuard, without]: Times[] = [
    { single: [], batch: [] },
    { single: [], batch: [] },
  ];
  if (!withGuard || !without) return;
  await sample(ctx, { single: [], batch: [] });
  try {
    for (let round = 0; round < rounds; round++) {
      await turnOff(ctx, guard);
      await sample(ctx, without);
      await turnOn(ctx, guard);
      await sample(ctx, withGuard);
    }
  } finally {
    await turnOn(ctx, guard);
  }
  for (const [what, target] of [
    ['single', 1.3],
    ['batch', 2],
  ] as const) {
    const [on, off] = [median(withGuard[what]), median(without[what])];
    console.log(
      `${what.padEnd(6)}: ${on.toFixed(2)} ms with the guard, ${off.toFixed(2)} ms without, ${(on / off).toFixed(2)}x (target ${target}x)`,
    );
  }
});
