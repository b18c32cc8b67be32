/**
 * What the hot statements do to the database, as PROFILE tells it, in a random graph of artifacts with two sources each.
 * Prints docs/query-plans.md's tables.
 *
 *   npm run bench -- plans [artifacts, 100000] [--data-dir DIR]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import neo4j, { type ProfiledPlan } from 'neo4j-driver';
import { readCypher } from '../src/db/statement.js';
import { packageRoot } from '../src/package-root.js';
import { loadShape, randomGraph } from '../test/lineage/provenance-shapes.js';
import { withOwnNeo4j } from './support/own-neo4j.js';

const { positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true });
const size = Number(positionals[0] ?? 100_000);
const graph = randomGraph(size, 1000);
const last = graph.artifacts.at(-1)?.id ?? '';
const [integer, everything] = [(value: number) => neo4j.int(value), neo4j.int(100_000)];
const upstream = [{ relationships: 'DERIVED_FROM>|VARIANT_OF>|TRANSCODED_FROM>', sign: integer(1) }];
const columns = { edges: true, properties: ['type'], edgeProperties: ['id'] };

const statements: { file: string; says: string; params: Record<string, unknown> }[] = [
  {
    file: 'artifacts/read-artifacts.cypher',
    says: '16 artifacts by id (GET of 16 clients)',
    params: { ids: graph.artifacts.slice(-16).map(({ id }) => id) },
  },
  {
    file: 'artifacts/read-page.cypher',
    says: 'a page of 100, newest first',
    params: {
      beforeAt: '9999-12-31T23:59:59.999999999Z',
      afterId: '',
      offset: integer(0),
      limit: integer(100),
    },
  },
  {
    file: 'locks/lock-artifacts.cypher',
    says: 'both ends of a new edge',
    params: { ids: graph.artifacts.slice(-2).map(({ id }) => id) },
  },
  {
    file: 'lineage/trace-near.cypher',
    says: 'upstream to depth 3, with edges',
    params: {
      requests: [
        { artifactIds: [last], expansions: upstream, depth: integer(3), limit: integer(1000), ...columns },
      ],
    },
  },
  {
    file: 'lineage/trace-deep.cypher',
    says: 'everything upstream, with edges',
    params: {
      artifactId: last,
      upstream: true,
      downstream: false,
      depth: integer(1000),
      limit: everything,
      ...columns,
    },
  },
  {
    file: 'lineage/find-path.cypher',
    says: 'the way from the first artifact to the last',
    params: { fromArtifactId: graph.artifacts[0]?.id, toArtifactId: last },
  },
  {
    file: 'lineage/read-impact.cypher',
    says: '1,000 artifacts: published, and in which stories',
    params: { artifactIds: graph.artifacts.slice(-1000).map(({ id }) => id) },
  },
];

/** Operators that a plan has, each with its hits and rows, the last to run first; a line for each. */
function operators(plan: ProfiledPlan): { name: string; hits: number; rows: number }[] {
  const { operatorType, dbHits, rows, children } = plan;
  const name = operatorType.replace(/@.*$/, '');
  return [{ name, hits: Number(dbHits), rows: Number(rows) }, ...children.flatMap(operators)];
}

await withOwnNeo4j(async ({ db }) => {
  await loadShape(db.driver, graph);
  for (const { file, says, params } of statements) {
    const text = `PROFILE ${readCypher(join(packageRoot, 'cypher', file))}`;
    let found: { name: string; hits: number; rows: number }[] = [];
    let ms = 0;
    // The first run plans and compiles.
    for (let run = 0; run < 3; run++) {
      const began = performance.now();
      const { summary } = await db.driver.executeQuery(text, params, { database: db.name });
      ms = performance.now() - began;
      if (summary.profile) found = operators(summary.profile);
    }
    const hits = found.reduce((sum, one) => sum + one.hits, 0);
    console.log(`\n### ${file}\n\n${says}: ${hits} db hits, ${ms.toFixed(1)} ms with PROFILE\n`);
    console.log('| operator | db hits | rows |\n| --- | --: | --: |');
    for (const { name, hits: own, rows } of found) console.log(`| ${name} | ${own} | ${rows} |`);
  }
});
