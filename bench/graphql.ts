/**
 * Lineage over GraphQL and HTTP against the raw driver running the best statement known for the same answer: same
 * server, alternating rounds. The service runs in a process of its own, the clients in this one.
 *
 *   npm run bench -- graphql [rounds, 5] [--size N, 100000] [--data-dir DIR]
 *
 * With NEO4J_URI and NEO4J_PASSWORD it uses that server (and leaves the loaded graph there).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { z } from 'zod';
import { DiskStore } from '../src/content/disk-store.js';
import { applyMigrations } from '../src/db/apply-migrations.js';
import { Database } from '../src/db/database.js';
import { registerGraphql } from '../src/graphql/register-graphql.js';
import { startNeo4j } from '../src/local/neo4j.js';
import { createAccess } from '../src/rest/access.js';
import { createApp } from '../src/rest/app.js';
import { ladder, loadShape, randomGraph, type Shape } from '../test/lineage/provenance-shapes.js';
import { median, timed } from './support/measure.js';

const connection = z.object({ uri: z.string(), user: z.string(), password: z.string(), folder: z.string() });
type Connection = z.infer<typeof connection>;

/** This file again, as the service: gets the addresses, gives its own. */
async function serve(): Promise<void> {
  const { folder, ...neo4j } = connection.parse(await message(process));
  const db = Database.connect({ ...neo4j, database: 'neo4j' });
  const store = await DiskStore.open(join(folder, 'content'));
  const log = pino({ level: 'info' }, pino.destination('/dev/null'));
  const noAccess = { tokensFile: undefined, jwksUrl: undefined, issuer: undefined, audience: undefined };
  const context = { db, content: store, clock: () => new Date(), log };
  const app = createApp({ context, access: createAccess(noAccess) });
  await registerGraphql(app, context);
  process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
  process.once('disconnect', () => process.exit());
}

async function message(from: NodeJS.EventEmitter): Promise<unknown> {
  return z.array(z.unknown()).parse(await once(from, 'message'))[0];
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

async function ask(url: string, query: string, variables: object): Promise<unknown> {
  const text = JSON.stringify({ query, variables });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  const outgoing = request(`${url}/graphql`, { agent, method: 'POST', headers }).end(text);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const answer = JSON.parse(Buffer.concat(chunks).toString()) as { data?: unknown; errors?: unknown };
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

async function compare(db: Database, url: string, one: Comparison, rounds: number): Promise<void> {
  const config = { database: db.name, routing: 'READ' } as const;
  const raw = () => measure(one, (id) => db.driver.executeQuery(one.statement, { id }, config));
  const { depth, limit } = one;
  const ours = () => measure(one, (id) => ask(url, query(one.fields), { id, depth, limit }));
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
      target: 'p50 at most 1.5x',
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
      target: 'p50 at most 1.5x',
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

async function withNeo4j(
  dataDir: string | undefined,
  work: (db: Database, at: Connection) => Promise<void>,
): Promise<void> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'artifact-graph-bench-')));
  const { NEO4J_URI: uri, NEO4J_PASSWORD: password = '' } = process.env;
  const server = uri
    ? { uri, user: 'neo4j', password, stop: () => Promise.resolve() }
    : await startNeo4j({
        dataDir: folder,
        cacheDir: process.env.ARTIFACT_GRAPH_CACHE,
        onProgress: (line) => console.error(line),
      });
  const db = Database.connect({ ...server, database: 'neo4j' });
  try {
    await applyMigrations(db.driver, db.name);
    await work(db, { uri: server.uri, user: server.user, password: server.password, folder });
  } finally {
    await db.close();
    await server.stop();
    if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
  }
}

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
  await withNeo4j(values['data-dir'], async (db, at) => {
    const random = randomGraph(Number(values.size), 1000, 1, `bench-${values.size}`);
    const rungs = ladder(40);
    await loadOnce(db, random);
    await loadShape(db.driver, rungs);
    const service = fork(process.argv[1] ?? '', ['--serve']);
    try {
      service.send(at);
      const url = z.string().parse(await message(service));
      for (const one of comparisons(random, rungs)) {
        if (one.name.includes(values.only)) await compare(db, url, one, Number(positionals[0] ?? 5));
      }
    } finally {
      service.disconnect();
      agent.destroy();
    }
  });
}

await (process.argv[2] === '--serve' ? serve() : main());
