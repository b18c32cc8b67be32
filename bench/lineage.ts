/**
 * Lineage with all fields over REST, one client: time, bytes, and by how much the service's memory grows, in a random graph of
 * 100,000 artifacts with two sources each.
 *
 *   npm run bench -- lineage [rounds, 5] [--data-dir DIR]
 */
import { parseArgs } from 'node:util';
import type { Database } from '../src/db/database.js';
import { loadShape, randomGraph } from '../test/lineage/provenance-shapes.js';
import { median, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';
import {
  measureOrServe,
  memoryOf,
  serveArtifactGraph,
  withServiceProcess,
  type Call,
} from './support/service-process.js';

const graph = randomGraph(100_000, 1000, 1, 'bench-all-fields');
const mebibyte = 1024 * 1024;

/** A kept folder has the graph already. The artifacts get what a picture usually has. */
async function loadOnce({ driver }: Database): Promise<void> {
  const last = graph.artifacts.at(-1)?.id;
  const { records } = await driver.executeQuery('MATCH (a:Artifact {id: $last}) RETURN a.id', { last });
  if (records.length > 0) return;
  console.error(`loading ${graph.artifacts.length} artifacts`);
  await loadShape(driver, graph, {
    description: 'The fox looks over the hill and sees the boat, second take',
    path: '/data/scenes/fox/scene-0001/take-2.png',
    url: 'https://media.example/scenes/fox/scene-0001/take-2.png',
    mimeType: 'image/png',
    metadata: '{"custom":{"prompt":"a fox by the sea, ink"},"height":1024,"width":1024}',
    createdByAgent: 'illustrator',
    safetyScore: 0.98,
  });
}

async function measure(call: Call, place: number, rounds: number): Promise<void> {
  const path = `/api/v1/artifacts/${graph.artifacts[place]?.id}/lineage?direction=upstream&depth=1000&limit=100000`;
  let text = await call(path);
  const before = await memoryOf(call);
  const times: number[] = [];
  let grown = 0;
  for (let round = 0; round < rounds; round++) {
    times.push(await timed(async () => (text = await call(path))));
    grown = Math.max(grown, (await memoryOf(call)) - before);
  }
  const ancestors = text.split('"depth":').length - 1;
  console.log(
    `${ancestors} ancestors, ${(text.length / mebibyte).toFixed(1)} MB: median ${median(times).toFixed(0)} ms, ` +
      `least ${Math.min(...times).toFixed(0)} ms; memory grew by ${grown.toFixed(0)} MB`,
  );
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
  await withOwnNeo4j(async ({ db }, { folder, neo4j }) => {
    await loadOnce(db);
    await withServiceProcess('artifact-graph', { ...neo4j, folder }, 1, async (call) => {
      for (const place of [4_000, 99_999]) await measure(call, place, Number(positionals[0] ?? 5));
    });
  });
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph });
