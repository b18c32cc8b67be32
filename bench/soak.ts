/**
 * 64 clients that mix reads, lists, lineages, GraphQL, writes and uploads, for half an hour: the service's memory and
 * its slowest hundredth of answers, every ten seconds. Writes bench/results/soak.json and docs/pictures/soak.svg.
 *
 *   npm run bench -- soak [minutes, 30] [--data-dir DIR]
 */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Context } from '../src/context.js';
import { packageRoot } from '../src/package-root.js';
import { percentile, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';
import {
  measureOrServe,
  memoryOf,
  serveArtifactGraph,
  withServiceProcess,
  type Call,
} from './support/service-process.js';
import { drawSoak, type Sample } from './support/soak-plot.js';
import { addStories, artifactsPerStory } from './support/workshop-graph.js';

const clients = 64;
const stories = 100;
const sampleMs = 10_000;

/** What one client does next; `n` counts through the mix: of twenty, eleven read one thing, four list, two trace, two write, one uploads. */
function act(call: Call, ids: readonly string[], n: number): Promise<unknown> {
  const id = ids[Math.floor(Math.random() * ids.length)] ?? '';
  const kind = n % 20;
  if (kind < 8) return call(`/api/v1/artifacts/${id}`);
  if (kind < 11)
    return call('/graphql', 'POST', {
      query: `{ artifacts(where: {id: {eq: "${id}"}}) { id createdBy { name } } }`,
    });
  if (kind < 15) return call('/api/v1/artifacts?limit=50');
  if (kind < 17) return call(`/api/v1/artifacts/${id}/lineage?depth=1000`);
  if (kind < 19)
    return call('/api/v1/artifacts', 'POST', { artifact_type: 'image', description: `soak ${n}` });
  return call('/api/v1/artifacts/content?artifact_type=json', 'POST', randomBytes(64 * 1024));
}

async function soak(call: Call, ids: readonly string[], minutes: number): Promise<Sample[]> {
  const end = performance.now() + minutes * 60_000;
  let times: number[] = [];
  let failures = 0;
  const client = async (number: number) => {
    for (let n = number; performance.now() < end; n++) {
      const ms = await timed(() => act(call, ids, n).catch(() => failures++));
      times.push(ms);
    }
  };
  const samples: Sample[] = [];
  const watch = async () => {
    while (performance.now() < end) {
      await sleep(sampleMs);
      const [ended, residentMiB] = [times, await memoryOf(call)];
      times = [];
      const [p50, p99] = [percentile(ended, 0.5), percentile(ended, 0.99)];
      const sample = { requests: ended.length, failures, p50, p99, residentMiB };
      samples.push(sample);
      console.log(JSON.stringify(sample));
    }
  };
  await Promise.all([watch(), ...Array.from({ length: clients }, (_, number) => client(number))]);
  return samples;
}

async function idsOf({ db }: Context): Promise<string[]> {
  const { records } = await db.driver.executeQuery(
    'MATCH (a:Artifact) RETURN a.id AS id LIMIT toInteger($limit)',
    { limit: stories * artifactsPerStory },
    { database: db.name },
  );
  return z.array(z.string()).parse(records.map((record): unknown => record.get('id')));
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
  await withOwnNeo4j(async (ctx, { folder, neo4j }) => {
    await addStories(ctx, 0, stories);
    const ids = await idsOf(ctx);
    await withServiceProcess('artifact-graph', { ...neo4j, folder }, clients, async (call) => {
      const samples = await soak(call, ids, Number(positionals[0] ?? 30));
      const results = join(packageRoot, 'bench', 'results');
      await mkdir(results, { recursive: true });
      await writeFile(
        join(results, 'soak.json'),
        `${JSON.stringify({ clients, sampleMs, samples }, null, 2)}\n`,
      );
      await writeFile(join(packageRoot, 'docs', 'pictures', 'soak.svg'), drawSoak(samples, sampleMs));
    });
  });
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph });
