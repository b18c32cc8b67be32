/**
 * Search by text as people type it, in a graph of artifacts with descriptions, agents, steps and stories: milliseconds
 * of one client, after a warm-up, and what the full-text index costs those who write.
 *
 *   npm run bench -- search [artifacts, 100000] [--data-dir DIR]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { registerBatch } from '../src/artifacts/register-batch.js';
import type { Context } from '../src/context.js';
import { searchGraph } from '../src/search/search-graph.js';
import { median, percentile, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';

const { positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
const size = Number(positionals[0] ?? 100_000);
const perBatch = 5000;

const things = 'moon bear dragon forest lantern river kite whale snail garden comet lighthouse'.split(' ');
const words = Array.from(
  { length: 20_000 },
  (_, n) => `w${((n * 2_654_435_761) % 4_294_967_296).toString(36)}`,
);
const agents = ['illustrator', 'narrator', 'story_writer', 'safety_reviewer', 'film_editor'];
const steps = ['vision_analysis', 'story_generation', 'tts_generation', 'safety_check', 'video_render'];

const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[Math.abs(n) % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Some words that many share, and six that few do. */
function describeArtifact(n: number): string {
  const rare = Array.from({ length: 6 }, (_, k) => pick(words, n * 31 + k * k * 977));
  return `The ${pick(things, n)} and the ${pick(things, n * 7 + 3)}: ${rare.join(' ')}`;
}

async function fill({ db }: Context): Promise<void> {
  for (let from = 0; from < size; from += perBatch) {
    const rows = Array.from({ length: perBatch }, (_, k) => from + k).map((n) => ({
      id: randomUUID(),
      externalId: `job:${n}`,
      description: describeArtifact(n),
      agent: pick(agents, n),
      step: n % 5 === 0 ? { id: randomUUID(), name: pick(steps, n / 5) } : null,
      story: n % 50 === 0 ? { id: randomUUID(), title: `月亮 and the ${pick(things, n / 50)} ${n}` } : null,
    }));
    await db.driver.executeQuery(
      `UNWIND $rows AS row
       CREATE (a:Artifact {id: row.id, externalId: row.externalId, type: 'image', lifecycleState: 'published',
         description: row.description, createdByAgent: row.agent, generation: toInteger(0), createdAt: datetime(), storedAt: datetime()})
       FOREACH (s IN CASE WHEN row.story IS NULL THEN [] ELSE [row.story] END |
         CREATE (:Story {id: s.id, title: s.title, createdAt: datetime(), storedAt: datetime()}))
       FOREACH (s IN CASE WHEN row.step IS NULL THEN [] ELSE [row.step] END |
         CREATE (a)-[:CREATED_BY]->(:Step {id: s.id, name: s.name, order: toInteger(1), status: 'completed', createdAt: datetime()}))`,
      { rows },
      { database: db.name },
    );
  }
}

const typed = [
  ...[
    'moon',
    'moon bear',
    'mo',
    'dragon lantern',
    'the moon',
    '月亮',
    'illustrator',
    'vision',
    'analysis',
    'whale job:1',
  ],
  ...[
    `${words[17]} moon`,
    pick(words, 4711).slice(0, 4),
    `job:${Math.floor(size / 2)}`,
    'nothing here',
    'e7b1',
    'lighthouse w1',
  ],
];

async function measureSearch(ctx: Context): Promise<void> {
  const times = new Map(typed.map((text) => [text, new Array<number>()]));
  for (let round = 0; round < 40; round++) {
    for (const [text, list] of times) {
      const ms = await timed(() => searchGraph(ctx, { text }));
      if (round >= 10) list.push(ms);
    }
  }
  const all = [...times.values()].flat();
  for (const [text, list] of times)
    console.log(
      `${text.padEnd(24)} p50 ${median(list).toFixed(1)} ms, max ${Math.max(...list).toFixed(1)} ms`,
    );
  console.log(`all: p50 ${median(all).toFixed(1)} ms, p95 ${percentile(all, 0.95).toFixed(1)} ms`);
}

/** Artifacts a second in batches of 1,000, with the index and without. */
async function measureWriting(ctx: Context): Promise<void> {
  const batch = (from: number) => ({
    artifacts: Array.from({ length: 1000 }, (_, n) => ({
      ref: `r${n}`,
      type: 'image',
      description: describeArtifact(from + n),
    })),
  });
  const write = async () => {
    const ms: number[] = [];
    for (let round = 0; round < 12; round++)
      ms.push(await timed(() => registerBatch(ctx, batch(round * 1000))));
    return 1_000_000 / median(ms.slice(2));
  };
  const withIndex = await write();
  await ctx.db.driver.executeQuery('DROP INDEX search', {}, { database: ctx.db.name });
  const without = await write();
  console.log(
    `batches of 1,000: ${withIndex.toFixed(0)} artifacts/s with the index, ${without.toFixed(0)} without`,
  );
}

await withOwnNeo4j(async (ctx) => {
  const { records } = await ctx.db.driver.executeQuery(
    'MATCH (a:Artifact) RETURN count(a) AS n',
    {},
    { database: ctx.db.name },
  );
  if (Number(records[0]?.get('n')) < size) await fill(ctx);
  console.log(`${size} artifacts`);
  await measureSearch(ctx);
  await measureWriting(ctx);
});
