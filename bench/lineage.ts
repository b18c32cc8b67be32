/**
 * Lineage with all fields over REST, one client: time, bytes, and by how much the service's memory grows, in a random graph of
 * 100,000 artifacts with two sources each; in alternating rounds with the raw driver, which reads the same nodes and relationships
 * and writes no JSON.
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

const edges = ['DERIVED_FROM', 'VARIANT_OF', 'TRANSCODED_FROM'];
const plainLineage = `MATCH (a:Artifact {id: $id}) CALL apoc.path.expandConfig(a, {relationshipFilter: '${edges.join('>|')}>',
    minLevel: 0, maxLevel: 1000, bfs: true, uniqueness: 'NODE_GLOBAL'}) YIELD path
  WITH last(nodes(path)) AS x, length(path) AS depth
  RETURN x, depth, COLLECT { MATCH (x)-[r:${edges.join('|')}]->(y) RETURN [y.id, r] } AS edges`;

/** An artifact of the graph by its number, and the calls before any is measured: small answers need the database's compiler warm. */
const cases = [
  { place: 5_187, warmUp: 200 },
  { place: 37_747, warmUp: 3 },
  { place: 99_999, warmUp: 2 },
];

async function measure(
  call: Call,
  { driver }: Database,
  { place, warmUp }: (typeof cases)[number],
  rounds: number,
): Promise<void> {
  const id = graph.artifacts[place]?.id;
  const path = `/api/v1/artifacts/${id}/lineage?direction=upstream&depth=1000&limit=100000`;
  let text = '';
  for (let round = 0; round < warmUp; round++) {
    text = await call(path);
    await driver.executeQuery(plainLineage, { id });
  }
  const before = await memoryOf(call);
  const times: number[] = [];
  const raw: number[] = [];
  let grown = 0;
  for (let round = 0; round < rounds; round++) {
    times.push(await timed(async () => (text = await call(path))));
    grown = Math.max(grown, (await memoryOf(call)) - before);
    raw.push(await timed(() => driver.executeQuery(plainLineage, { id })));
  }
  const ancestors = text.split('"depth":').length - 1;
  console.log(
    `${ancestors} ancestors, ${(text.length / mebibyte).toFixed(1)} MB: median ${median(times).toFixed(0)} ms, ` +
      `least ${Math.min(...times).toFixed(0)} ms, ${(median(times) / median(raw)).toFixed(2)} times the raw driver; memory grew by ${grown.toFixed(0)} MB`,
  );
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
  await withOwnNeo4j(async ({ db }, { folder, neo4j }) => {
    await loadOnce(db);
    await withServiceProcess('artifact-graph', { ...neo4j, folder }, 1, async (call) => {
      for (const one of cases) await measure(call, db, one, Number(positionals[0] ?? 5));
    });
  });
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph });
