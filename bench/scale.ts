/**
 * What requests cost as the graph grows: one client over HTTP against the raw driver (or the raw minio client) with the
 * best statement known, in alternating rounds on the same servers. Writes bench/results/scale.json, where other sizes'
 * numbers stay, and from it docs/benchmarks.md and its picture.
 *
 *   npm run bench [-- --sizes 10000,100000] [--million] [--data-dir DIR]
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Kind, parse, print } from 'graphql';
import { Client } from 'minio';
import { request } from 'undici';
import { z } from 'zod';
import type { Context } from '../src/context.js';
import { encodeCursor } from '../src/model/cursor.js';
import type { LocalS3 } from '../src/local/minio.js';
import { packageRoot } from '../src/package-root.js';
import { median, percentile, timed } from './support/measure.js';
import { withOwnNeo4j } from './support/own-neo4j.js';
import { writeReport, type Row } from './support/scale-report.js';
import {
  measureOrServe,
  serveArtifactGraph,
  withServiceProcess,
  type Call,
} from './support/service-process.js';
import { addStories, artifactsPerStory, externalId, storyId } from './support/workshop-graph.js';

const options = {
  'data-dir': { type: 'string' },
  sizes: { type: 'string', default: '10000,100000' },
  million: { type: 'boolean', default: false },
} as const;

/** One kind of request, and the same asked of the database or the store directly; null where nothing is comparable. */
interface Task {
  name: string;
  ours: () => Promise<unknown>;
  raw: (() => Promise<unknown>) | null;
}

const steps = ':DERIVED_FROM|VARIANT_OF|TRANSCODED_FROM';
const plain = {
  get: 'MATCH (a:Artifact {id: $id}) RETURN a',
  list: `MATCH (a:Artifact) WHERE a.lifecycleState = 'published' AND a.createdAt IS NOT NULL
    RETURN a ORDER BY a.lifecycleState DESC, a.createdAt DESC LIMIT 100`,
  lineage: `MATCH (a:Artifact {id: $id}) CALL apoc.path.expandConfig(a, {relationshipFilter:
      'DERIVED_FROM>|VARIANT_OF>|TRANSCODED_FROM>', minLevel: 1, maxLevel: 1000, bfs: true, uniqueness: 'NODE_GLOBAL'}) YIELD path
    WITH a, collect(last(nodes(path))) AS xs, collect(length(path)) AS depths
    RETURN xs, depths, COLLECT { UNWIND [a] + xs AS x MATCH (x)-[r${steps}]->(y) RETURN [x.id, y.id, r] } AS edges`,
  post: `CREATE (a:Artifact {id: $id, type: 'image', lifecycleState: 'intermediate', description: 'a hedgehog under a lamp',
    mimeType: 'image/png', sizeBytes: 48213, generation: toInteger(0), createdAt: datetime(), storedAt: datetime()})`,
  search: `CALL db.index.fulltext.queryNodes('search', $text, {limit: 20}) YIELD node, score RETURN node, score`,
};

/** A place in the order by time; every place is found alike. */
const place = encodeCursor([
  ['createdAt', 'DESC', new Date().toISOString()],
  ['id', 'ASC', ''],
]);

/** Each field of examples/root-reads.graphql as a query of its own. */
async function rootReads(call: Call, ids: { artifactId: string; runId: string }): Promise<Task[]> {
  const text = await readFile(join(packageRoot, 'examples', 'root-reads.graphql'), 'utf8');
  const [operation] = parse(text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error('examples/root-reads.graphql is no query');
  const variables = { ...ids, storyId: storyId(1), agent: 'illustrator', after: place };
  return operation.selectionSet.selections.map((selection) => {
    const field = print(selection);
    const query = print({
      ...operation,
      variableDefinitions: operation.variableDefinitions?.filter((one) =>
        field.includes(print(one.variable)),
      ),
      selectionSet: { ...operation.selectionSet, selections: [selection] },
    });
    const name = selection.kind === Kind.FIELD ? (selection.alias?.value ?? selection.name.value) : '';
    return { name: `root read: ${name}`, ours: () => ask(call, query, variables), raw: null };
  });
}

async function ask(call: Call, query: string, variables: object): Promise<void> {
  const { errors } = z
    .looseObject({ errors: z.unknown().optional() })
    .parse(JSON.parse(await call('/graphql', 'POST', { query, variables })));
  if (errors) throw new Error(JSON.stringify(errors));
}

function graphTasks({ db }: Context, call: Call, sample: { ids: string[]; last: string }): Task[] {
  const run = (text: string, parameters: object) =>
    db.driver.executeQuery(text, parameters, { database: db.name });
  const anyId = () => sample.ids[Math.floor(Math.random() * sample.ids.length)] ?? '';
  const posted = {
    artifact_type: 'image',
    mime_type: 'image/png',
    file_size: 48_213,
    description: 'a hedgehog under a lamp',
  };
  return [
    {
      name: 'GET an artifact',
      ours: () => call(`/api/v1/artifacts/${anyId()}`),
      raw: () => run(plain.get, { id: anyId() }),
    },
    { name: 'list of the 100 newest', ours: () => call('/api/v1/artifacts'), raw: () => run(plain.list, {}) },
    {
      name: 'lineage of 99 ancestors, all fields',
      ours: () => call(`/api/v1/artifacts/${sample.last}/lineage?direction=upstream&depth=1000`),
      raw: () => run(plain.lineage, { id: sample.last }),
    },
    {
      name: 'search',
      ours: () => call('/graphql', 'POST', searched),
      raw: () => run(plain.search, { text: 'moon AND lantern' }),
    },
    {
      name: 'POST an artifact',
      ours: () => call('/api/v1/artifacts', 'POST', posted),
      raw: () => run(plain.post, { id: randomUUID() }),
    },
  ];
}
const searched = { query: '{ search(text: "moon lantern") { hits { kind } } }' };

/** A sound of 4 MiB that nobody has, up and down again. */
function mediaTasks(call: Call, url: string, s3: LocalS3, bucket: string): Task[] {
  const { hostname, port } = new URL(s3.endpoint);
  const client = new Client({ ...s3, endPoint: hostname, port: Number(port), useSSL: false });
  const fresh = () => Buffer.concat([wavHead, randomBytes(4 * 1024 * 1024)]);
  let [stored, key] = ['', ''];
  return [
    {
      name: 'upload of 4 MiB',
      ours: async () => {
        stored = z
          .object({ artifact_id: z.string() })
          .parse(
            JSON.parse(await call('/api/v1/artifacts/content?artifact_type=audio', 'POST', fresh())),
          ).artifact_id;
      },
      raw: async () => {
        const bytes = fresh();
        key = createHash('sha256').update(bytes).digest('hex');
        await client.putObject(bucket, key, bytes, bytes.length);
      },
    },
    {
      name: 'download of 4 MiB',
      ours: () => discard(`${url}/api/v1/artifacts/${stored}/content`),
      raw: async () => {
        const hash = createHash('sha256');
        for await (const chunk of await client.getObject(bucket, key))
          hash.update(z.instanceof(Buffer).parse(chunk));
        hash.digest();
      },
    },
  ];
}

/** Of a sound of 4 MiB: 48,000 samples a second of 16 bits. */
const wavHead = Buffer.from(
  '524946462400400057415645666d74201000000001000100' + '80bb000000770100' + '0200100064617461' + '00004000',
  'hex',
);

async function discard(url: string): Promise<void> {
  const { statusCode, body } = await request(url);
  await body.dump({ limit: 1e9 });
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
}

/** Milliseconds for which each kind of request is warmed up and measured. */
const spans = { warming: 3_000, measuring: 6_000 };

/** Medians and 95th percentiles of both sides, in alternating rounds. */
async function measure(tasks: readonly Task[], artifacts: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, ours, raw } of tasks) {
    await alternate(ours, raw, spans.warming);
    const times = await alternate(ours, raw, spans.measuring);
    const row: Row = { name, artifacts, ours: summary(times.ours), raw: raw && summary(times.raw) };
    console.log(JSON.stringify(row));
    rows.push(row);
  }
  return rows;
}

async function alternate(
  ours: Task['ours'],
  raw: Task['raw'],
  ms: number,
): Promise<Record<'ours' | 'raw', number[]>> {
  const times = { ours: new Array<number>(), raw: new Array<number>() };
  const end = performance.now() + ms;
  while (performance.now() < end || times.ours.length < 10) {
    times.ours.push(await timed(ours));
    if (raw) times.raw.push(await timed(raw));
  }
  return times;
}

const summary = (times: readonly number[]) => ({
  p50: median(times),
  p95: percentile(times, 0.95),
  requests: times.length,
});

/** The graph as it is now: some artifacts, the last of a story, a run. */
async function sampleOf({ db }: Context): Promise<{ ids: string[]; last: string; runId: string }> {
  const { records } = await db.driver.executeQuery(
    `MATCH (last:Artifact {externalId: $last})-[:CREATED_BY]->()-[:STEP_OF]->(run)
     MATCH (a:Artifact) WITH last, run, a LIMIT 5000
     RETURN last.id AS last, run.id AS runId, collect(a.id) AS ids`,
    { last: externalId(2 * artifactsPerStory - 1) },
    { database: db.name },
  );
  return z
    .object({ ids: z.array(z.string()), last: z.string(), runId: z.string() })
    .parse(records[0]?.toObject());
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const sizes = [...values.sizes.split(',').map(Number), ...(values.million ? [1_000_000] : [])];
  const rows: Row[] = [];
  await withOwnNeo4j(async (ctx, { folder, neo4j, startMinio }) => {
    const minio = await startMinio();
    let stories = await countStories(ctx);
    for (const size of sizes) {
      await addStories(ctx, stories, size / artifactsPerStory);
      stories = Math.max(stories, size / artifactsPerStory);
      await ctx.db.driver.executeQuery('CALL db.prepareForReplanning(600)', {}, { database: ctx.db.name });
      const s3 = { ...minio, bucket: 'bench' };
      await withServiceProcess('artifact-graph', { ...neo4j, folder, s3 }, 1, async (call, url) => {
        const sample = await sampleOf(ctx);
        const reads = await rootReads(call, { artifactId: sample.last, runId: sample.runId });
        const tasks = [
          ...graphTasks(ctx, call, sample),
          ...mediaTasks(call, url, minio, s3.bucket),
          ...reads,
        ];
        rows.push(...(await measure(tasks, size)));
      });
    }
  });
  await writeReport(rows);
}

/** A kept folder has stories already. */
async function countStories({ db }: Context): Promise<number> {
  const { records } = await db.driver.executeQuery(
    'MATCH (s:Story) RETURN count(s) AS n',
    {},
    { database: db.name },
  );
  return Number(records[0]?.get('n'));
}

await measureOrServe(main, { 'artifact-graph': serveArtifactGraph });
