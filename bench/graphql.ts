/**
 * Lineage over GraphQL and HTTP against the raw driver running the best statement known for the same answer: same
 * server, alternating rounds. The service runs in a process of its own, the clients in this one.
 *
 *   npm run bench -- graphql [rounds, 5] [--size N, 100000] [--only NAME, its beginning] [--data-dir DIR]
 */
import { parseArgs } from 'node:util';
import type { Database } from '../src/db/database.js';
import { ladder, loadShape, randomGraph, type Shape } from '../test/lineage/provenance-shapes.js';
import { median, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';
import {
  measureOrServe,
  serveArtifactGraph,
  withServiceProcess,
  type Call,
} from './support/service-process.js';

async function ask(call: Call, query: string, variables: object): Promise<unknown> {
  const answer = JSON.parse(await call('/graphql', 'POST', { query, variables })) as {
    data?: unknown;
    errors?: unknown;
  };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

// The best statements known: nodes by a pruning search with its lists ready to use, edges among what was found.
const types = ':DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM';
const found = `MATCH (a:Artifact {id: $id}) MATCH p = (a)-[${types}*1..1000]->(x) WITH x, min(length(p)) AS depth`;
const nodesOnly = `${found} ORDER BY depth, x.createdAt, x.id RETURN collect(x.id) AS ids, collect(depth) AS depths`;
const withEdges = `CALL () { ${found} ORDER BY depth, x.createdAt, x.id RETURN collect(x.id) AS ids, collect(depth) AS depths }
  CALL () { ${found} MATCH (x)-[r${types}]->(y) RETURN collect(x.id) AS products, collect(y.id) AS sources, collect(type(r)) AS types }
  RETURN ids, depths, products, sources, types`;
const near = (depth: number) => `MATCH (a:Artifact {id: $id})
  CALL (a) { MATCH p = (a)-[${types}*1..${depth}]->(x) WITH x, min(length(p)) AS depth
    ORDER BY depth, x.createdAt, x.id RETURN collect(x) AS xs, collect(depth) AS depths }
  RETURN [x IN xs | [x.id, x.type]] AS nodes, depths,
    COLLECT { UNWIND [a] + xs AS x MATCH (x)-[r${types}]->(y) WHERE y IN xs RETURN [x.id, y.id, type(r)] } AS edges`;

const query = (fields: string) =>
  `query ($id: ID!, $depth: Int, $limit: Int) { lineage(artifactId: $id, direction: UPSTREAM, depth: $depth, limit: $limit) {
     totalCount truncated ${fields} } }`;
const fields = {
  nodes: 'nodes { depth artifact { id } }',
  edges: 'nodes { depth artifact { id } } edges { productId sourceId type }',
  small: 'nodes { depth artifact { id type } } edges { productId sourceId type }',
};

interface Comparison {
  name: string;
  clients: number;
  each: number;
  target: string;
  ids: readonly string[];
  statement: string;
  fields: string;
  depth: number;
  limit: number;
}

interface Measured {
  perSecond: number;
  p50: number;
}

async function measure(
  { clients, each, ids }: Comparison,
  work: (id: string) => Promise<unknown>,
): Promise<Measured> {
  const times: number[] = [];
  let next = 0;
  const client = async () => {
    for (let n = 0; n < each; n++) times.push(await timed(() => work(ids[next++ % ids.length] ?? '')));
  };
  const ms = await timed(() => Promise.all(Array.from({ length: clients }, client)));
  return { perSecond: (times.length * 1000) / ms, p50: median(times) };
}

async function compare(db: Database, call: Call, one: Comparison, rounds: number): Promise<void> {
  const config = { database: db.name, routing: 'READ' } as const;
  const raw = () => measure(one, (id) => db.driver.executeQuery(one.statement, { id }, config));
  const { depth, limit } = one;
  const ours = () => measure(one, (id) => ask(call, query(one.fields), { id, depth, limit }));
  await raw();
  await ours();
  const results: { p50: number; rate: number; over: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    const [plain, graphql] = [await raw(), await ours()];
    results.push({
      p50: graphql.p50 / plain.p50,
      rate: graphql.perSecond / plain.perSecond,
      over: graphql.p50 - 1.5 * plain.p50,
    });
    console.log(
      `${one.name}, round ${round}: p50 ${plain.p50.toFixed(1)} ms plain, ${graphql.p50.toFixed(1)} ms GraphQL; ` +
        `${plain.perSecond.toFixed(0)}/s plain, ${graphql.perSecond.toFixed(0)}/s GraphQL`,
    );
  }
  const [p50, rate, over] = (['p50', 'rate', 'over'] as const).map((key) =>
    median(results.map((result) => result[key])).toFixed(2),
  );
  console.log(
    `${one.name}: median p50 ${p50}x, rate ${rate}x, p50 - 1.5x plain ${over} ms (${one.target})\n`,
  );
}

function comparisons(random: Shape, rungs: Shape): Comparison[] {
  const last = random.artifacts.at(-1)?.id ?? '';
  const some = random.artifacts.slice(-5000).filter((_, n) => n % 7 === 0);
  const ids = some.map(({ id }) => id);
  const small = { statement: near(3), fields: fields.small, depth: 3, limit: 1000 };
  return [
    { name: 'depth 3 at 16 clients', clients: 16, each: 40, target: 'rate at least 0.8x', ids, ...small },
    { name: 'depth 3 at one client', clients: 1, each: 100, target: 'at most 3 ms over', ids, ...small },
    {
      name: 'ladder of 40',
      clients: 1,
      each: 50,
      target: 'at most 2 ms over',
      ids: [rungs.artifacts.at(-1)?.id ?? ''],
      statement: near(100),
      fields: fields.small,
      depth: 100,
      limit: 1000,
    },
    {
      name: 'all ancestors, nodes',
      clients: 1,
      each: 3,
      target: 'p50 at most 3x',
      ids: [last],
      statement: nodesOnly,
      fields: fields.nodes,
      depth: 1000,
      limit: 100_000,
    },
    {
      name: 'all ancestors, nodes and edges',
      clients: 1,
      each: 3,
      target: 'p50 at most 3x',
      ids: [last],
      statement: withEdges,
      fields: fields.edges,
      depth: 1000,
      limit: 100_000,
    },
  ];
}

const options = {
  'data-dir': { type: 'string' },
  size: { type: 'string', default: '100000' },
  only: { type: 'string', default: '' },
} as const;

/** A kept folder has the graph already. */
async function loadOnce(db: Database, shape: Shape): Promise<void> {
  const last = shape.artifacts.at(-1)?.id;
  const { records } = await db.driver.executeQuery('MATCH (a:Artifact {id: $last}) RETURN a.id', { last });
  if (records.length > 0) return;
  console.error(`loading ${shape.artifacts.length} artifacts`);
  await loadShape(db.driver, shape);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  await withOwnNeo4j(async ({ db }, { folder, neo4j }) => {
    const random = randomGraph(Number(values.size), 1000, 1, `bench-${values.size}`);
    const rungs = ladder(40);
    await loadOnce(db, random);
    await loadShape(db.driver, rungs);
    await withServiceProcess('artifact-graph', { ...neo4j, folder }, 16, async (call) => {
      for (const one of comparisons(random, rungs)) {
        if (one.name.startsWith(values.only)) await compare(db, call, one, Number(positionals[0] ?? 5));
      }
    });
  });
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph });
