import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { relateArtifacts } from '../../src/artifacts/relate-artifacts.js';
import { findBrokenInvariants } from '../../src/audit/find-broken-invariants.js';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { schemaStatus } from '../../src/db/schema-status.js';
import { Database } from '../../src/db/database.js';
import { newestTriggers, probeGuard } from '../../src/db/guard.js';
import { readMigrations } from '../../src/db/migration-files.js';
import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';

/** A Neo4j of its own: this test kills it. */
let dataDir: string;
let server: LocalNeo4j;
let test: TestContext;
const servers: LocalNeo4j[] = [];

async function start(): Promise<LocalNeo4j> {
  const started = await startSmallNeo4j(dataDir);
  servers.push(started);
  return started;
}

const connect = ({ uri, user, password }: LocalNeo4j) =>
  Database.connect({ uri, user, password, database: 'neo4j' });

beforeAll(async () => {
  test = await openTestContext();
  dataDir = await mkdtemp(join(tmpdir(), 'durability-'));
  server = await start();
});
afterAll(async () => {
  for (const each of servers) await each.stop();
  await test.close();
  await rm(dataDir, { recursive: true, force: true });
});

interface Acknowledged {
  artifacts: string[];
  edges: string[];
}

type Writer = (ctx: Context, acknowledged: Acknowledged) => Promise<void>;

/** Registers and relates; transactions of several statements. */
const writeChain: Writer = async (ctx, { artifacts, edges }) => {
  let last: string | null = null;
  for (;;) {
    const sources: { artifactId: string; type: string }[] =
      last === null ? [] : [{ artifactId: last, type: 'DERIVED_FROM' }];
    const { id } = await registerArtifact(ctx, { type: 'image', sources });
    artifacts.push(id);
    if (last !== null) {
      await relateArtifacts(ctx, { productId: id, sourceId: last, type: 'VARIANT_OF' });
      edges.push(`${id}|${last}`);
    }
    last = id;
  }
};

/** Registers only; transactions of one statement. */
const writeAlone: Writer = async (ctx, { artifacts }) => {
  for (;;) artifacts.push((await registerArtifact(ctx, { type: 'image' })).id);
};

describe('eight instances that start together on an empty database', () => {
  it('make one schema with one guard', async () => {
    const instances = Array.from({ length: 8 }, () => connect(server));
    const applied = await Promise.all(instances.map(({ driver }) => applyMigrations(driver, 'neo4j')));
    expect(applied.flat()).toEqual(readMigrations().map(({ file }) => file));
    const [{ driver } = connect(server)] = instances;
    const show = "CALL apoc.trigger.show('neo4j') YIELD name RETURN name";
    const { records } = await driver.executeQuery(show, {}, { database: 'system' });
    expect(records.map((record) => record.get('name') as unknown)).toEqual(['guard']);
    await expect(schemaStatus(driver, 'neo4j')).resolves.toMatchObject({ guards: 'active' });
    expect(await probeGuard(driver, 'neo4j')).toBe(true);
    // Each change of the schema behind it would have made the server plan it again, for seconds.
    const newest =
      'MATCH (m:SchemaMigration) WHERE m.version > 0 RETURN m.name AS name ORDER BY m.appliedAt DESC LIMIT 1';
    expect((await driver.executeQuery(newest)).records.map((record) => record.toObject())).toEqual([
      { name: 'guard' },
    ]);
    await Promise.all(instances.map((instance) => instance.close()));
  });
});

describe('Neo4j killed under sixteen writers', () => {
  it.each([
    ['artifacts with edges', writeChain],
    ['artifacts alone', writeAlone],
  ])(
    'has every acknowledged write when it is back, and nothing half-written: %s',
    async (_, writer) => {
      const before = connect(server);
      const acknowledged: Acknowledged = { artifacts: [], edges: [] };
      const ctx = { ...test.ctx, db: before };
      const gone = expect.objectContaining({ code: 'unavailable' }) as unknown;
      const writers = Promise.all(
        Array.from({ length: 16 }, () => expect(writer(ctx, acknowledged)).rejects.toEqual(gone)),
      );
      while (acknowledged.artifacts.length < 200) await sleep(20);
      process.kill(server.pid, 'SIGKILL');
      await writers;
      await before.close();

      server = await start();
      const db = connect(server);
      const back = { ...test, ctx: { ...test.ctx, db } };
      try {
        const [artifacts] = await typeStatement(
          back,
          'UNWIND $ids AS id MATCH (a:Artifact {id: id}) RETURN count(a) AS count',
          { ids: acknowledged.artifacts },
        );
        const [edges] = await typeStatement(
          back,
          'UNWIND $keys AS key MATCH ()-[r:VARIANT_OF {edgeKey: key}]->() RETURN count(r) AS count',
          { keys: acknowledged.edges },
        );
        expect([artifacts?.count, edges?.count]).toEqual([
          acknowledged.artifacts.length,
          acknowledged.edges.length,
        ]);
        expect(await findBrokenInvariants(back.ctx)).toEqual([]);
        const silent =
          'MATCH (a:Artifact) WHERE NOT EXISTS { MATCH (:AuditEvent {nodeId: a.id}) } RETURN count(a) AS count';
        expect(await typeStatement(back, silent)).toEqual([{ count: 0 }]);
        expect((await schemaStatus(db.driver, 'neo4j')).guards).toBe('active');
      } finally {
        await db.close();
      }
    },
    300_000,
  );
});

/** What nobody can write past the guard: a statement, and the rule that the search then finds broken. */
const broken: [rule: string, text: string][] = [
  [
    'acyclic',
    'MATCH (p:Artifact)-[:VARIANT_OF]->(s) WITH p, s LIMIT 1 SET p.generation = s.generation RETURN p.id AS id',
  ],
  [
    'shape',
    "CREATE (a:Artifact {id: 'odd', type: 'song', lifecycleState: 'intermediate', generation: 0}) RETURN a.id AS id",
  ],
  [
    'shape',
    "CREATE (s:Step {id: 'lone', name: 'n', order: 1, status: 'running', createdAt: datetime()}) RETURN s.id AS id",
  ],
  ['shape', "CREATE (s:Story {id: 'timeless'}) RETURN s.id AS id"],
  [
    'content',
    "MATCH (a:Artifact) WITH a LIMIT 1 CREATE (a)-[:HAS_CONTENT]->(:Content {sha256: 'x'}) RETURN a.id AS id",
  ],
  [
    'single',
    'MATCH (a:Artifact)-[:HAS_CONTENT]->() CREATE (a)-[:HAS_CONTENT]->(:Content {sha256: a.contentHash}) RETURN a.id AS id',
  ],
  [
    'kind',
    "MATCH (a:Artifact) WITH a LIMIT 1 CREATE (s:Story {id: 'mute', createdAt: datetime()})-[:LINKED_AS {role: 'final_audio', isPrimary: false, linkKey: 'mute'}]->(a) RETURN s.id AS id",
  ],
  [
    'ends',
    "MATCH (a:Artifact) WITH a LIMIT 1 CREATE (s:Story {id: 'user', createdAt: datetime()})-[:USED]->(a) RETURN s.id AS id",
  ],
  ['event', "CREATE (s:Story {id: 'untold', createdAt: datetime()}) RETURN s.id AS id"],
  ['hash', "MATCH (a:Artifact) WITH a LIMIT 1 SET a.payload = 'another' RETURN a.id AS id"],
  [
    'primary',
    "MATCH (a:Artifact) WITH a LIMIT 1 CREATE (s:Story {id: 'twofold', createdAt: datetime()})-[:LINKED_AS {role: 'cover', isPrimary: true, linkKey: 'k'}]->(a) RETURN s.id AS id",
  ],
  [
    'stage',
    "MATCH (a:Artifact) WITH a LIMIT 1 CREATE (r:Run {id: 'lost', workflowType: 'kids_daily', status: 'pending', createdAt: datetime()})-[:RECORDED {stage: 'good'}]->(a) RETURN r.id AS id",
  ],
  [
    'current-run',
    "MATCH (s:Story {id: 'timeless'}) CREATE (s)-[:CURRENT_RUN]->(:Run), (s)-[:CURRENT_RUN]->(:Run) RETURN s.id AS id",
  ],
];

describe('the same Neo4j without its guard', () => {
  it.each([
    ['paused', 'missing', "CALL apoc.trigger.stop('neo4j', 'guard') YIELD name RETURN name"],
    [
      'replaced',
      'outdated',
      "CALL apoc.trigger.install('neo4j', 'guard', 'RETURN 1', {phase: 'before'}) YIELD name RETURN name",
    ],
    [
      'made to run too late',
      'outdated',
      "CALL apoc.trigger.install('neo4j', 'guard', $text, {phase: 'afterAsync'}) YIELD name RETURN name",
    ],
  ])('has it back at the next start where it was %s', async (_, state, harm) => {
    const db = connect(server);
    const text = newestTriggers(readMigrations())[0]?.statements[0];
    try {
      await db.driver.executeQuery(harm, { text }, { database: 'system' });
      while ((await schemaStatus(db.driver, 'neo4j')).guards === 'active') await sleep(200);
      expect((await schemaStatus(db.driver, 'neo4j')).guards).toBe(state);
      await applyMigrations(db.driver, 'neo4j');
      expect((await schemaStatus(db.driver, 'neo4j')).guards).toBe('active');
      expect(await probeGuard(db.driver, 'neo4j')).toBe(true);
    } finally {
      await db.close();
    }
  });

  it('says so, what is broken then is found, and the next start puts the guard back', async () => {
    const db = connect(server);
    const unguarded = { ...test, ctx: { ...test.ctx, db } };
    try {
      const drop = "CALL apoc.trigger.drop('neo4j', 'guard') YIELD name RETURN name";
      await db.driver.executeQuery(drop, {}, { database: 'system' });
      while ((await schemaStatus(db.driver, 'neo4j')).guards === 'active') await sleep(200);
      expect((await schemaStatus(db.driver, 'neo4j')).guards).toBe('missing');
      expect(await probeGuard(db.driver, 'neo4j')).toBe(false);
      for (const [rule, text] of broken) {
        const [row] = await typeStatement(unguarded, text);
        const found = await findBrokenInvariants(unguarded.ctx);
        expect(found.filter((each) => each.id === row?.id).map((each) => each.rule)).toContain(rule);
      }

      await expect(applyMigrations(db.driver, 'neo4j')).resolves.toEqual([expect.stringMatching(/guard/)]);
      expect(await probeGuard(db.driver, 'neo4j')).toBe(true);
      await expect(applyMigrations(db.driver, 'neo4j')).resolves.toEqual([]);
    } finally {
      await db.close();
    }
  });
});
