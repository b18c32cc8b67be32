import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { Database } from '../../src/db/database.js';
import { readMigrations } from '../../src/db/migration-files.js';
import { readSchemaObject } from '../../src/db/schema-objects.js';
import { schemaStatus, type SchemaStatus } from '../../src/db/schema-status.js';
import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { digestOf } from '../../src/model/digest.js';
import { healthCheck } from '../../src/rest/health.js';
import { CommandLine } from '../cli/run-command.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';

/** A Neo4j of its own: this test takes its schema apart. */
let dataDir: string;
let server: LocalNeo4j;
let shared: TestContext;
let ctx: Context;
let line: CommandLine;

beforeAll(async () => {
  shared = await openTestContext();
  dataDir = await mkdtemp(join(tmpdir(), 'schema-findings-'));
  server = await startSmallNeo4j(dataDir);
  ctx = { ...shared.ctx, db: Database.connect({ ...server, database: 'neo4j' }) };
  line = CommandLine.ofFolder(dataDir);
  await applyMigrations(ctx.db.driver, 'neo4j');
}, 240_000);
afterAll(async () => {
  await ctx.db.close();
  await server.stop();
  await shared.close();
  await rm(dataDir, { recursive: true, force: true });
});

const look = () => schemaStatus(ctx.db.driver, 'neo4j');
const repair = () => applyMigrations(ctx.db.driver, 'neo4j');
const type = (text: string) => typeStatement({ ...shared, ctx }, text);
const typeToSystem = (text: string) => ctx.db.driver.executeQuery(text, {}, { database: 'system' });

/** Triggers come and go a second after they were installed or dropped. */
async function lookUntil(isSo: (status: SchemaStatus) => boolean): Promise<SchemaStatus> {
  for (;;) {
    const status = await look();
    if (isSo(status)) return status;
    await sleep(200);
  }
}

/** Where two migrations make one of the same name, the newer one counts. */
const objects = [
  ...new Map(
    readMigrations()
      .flatMap(({ statements }) => statements.map(readSchemaObject))
      .flatMap((object) => (object ? [[object.name, object]] : [])),
  ).values(),
];

it('finds nothing in a database that is as the migrations make it', async () => {
  expect(objects.length).toBeGreaterThan(25);
  expect((await look()).findings).toEqual([]);
});

it('names every constraint and index that somebody dropped, and the next start puts them back', async () => {
  for (const { rule, name } of objects) await type(`DROP ${rule.toUpperCase()} ${name}`);
  const { findings } = await look();
  expect(findings).toEqual(objects.map(({ rule, name }) => ({ rule, id: name, detail: 'is missing' })));
  await repair();
  expect((await look()).findings).toEqual([]);
  await expect(repair()).resolves.toEqual([]);
});

it.each([
  ['constraint', 'story_id', 'CREATE INDEX story_id FOR (s:Story) ON (s.id)'],
  ['constraint', 'run_id', 'CREATE CONSTRAINT run_id FOR (r:Run) REQUIRE r.status IS UNIQUE'],
  ['index', 'audit_event_at', 'CREATE INDEX audit_event_at FOR (e:Other) ON (e.at)'],
  [
    'index',
    'artifact_type_created_at',
    'CREATE INDEX artifact_type_created_at FOR (a:Artifact) ON (a.createdAt, a.type)',
  ],
  ['index', 'search', 'CREATE FULLTEXT INDEX search FOR (n:Story) ON EACH [n.title]'],
  [
    'index',
    'search',
    `CREATE FULLTEXT INDEX search FOR (n:Story|Artifact|Run|Step)
      ON EACH [n.title, n.description, n.name, n.createdByAgent, n.id, n.externalId]
      OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'standard-folding', \`fulltext.eventually_consistent\`: false}}`,
  ],
])('names a %s, %s, that somebody replaced by another one', async (rule, name, text) => {
  const [before] = objects.filter((object) => object.name === name);
  expect(before).toBeDefined();
  await type(`DROP ${rule.toUpperCase()} ${name}`);
  await type(text);
  expect((await look()).findings).toEqual([
    { rule, id: name, detail: expect.stringContaining('is another one') as string },
  ]);
  await type(
    `DROP ${text.split(' ').find((word) => word === 'CONSTRAINT' || word === 'INDEX') ?? ''} ${name}`,
  );
  await repair();
  expect((await look()).findings).toEqual([]);
});

it('starts, and still names a constraint, where what was written meanwhile keeps it from coming back', async () => {
  await type('DROP CONSTRAINT lock_name');
  await type("CREATE (:Lock {name: 'twice', n: 1}), (:Lock {name: 'twice', n: 2})");
  await expect(repair()).resolves.toEqual([]);
  expect((await look()).findings).toEqual([{ rule: 'constraint', id: 'lock_name', detail: 'is missing' }]);
  await type("MATCH (l:Lock {name: 'twice'}) DELETE l");
  await repair();
  expect((await look()).findings).toEqual([]);
});

it('health, schema status and verify name a trigger of somebody else and a paused guard; verify repairs nothing', async () => {
  await typeToSystem(
    "CALL apoc.trigger.install('neo4j', 'quiet', 'RETURN 1', {phase: 'after'}) YIELD name RETURN name",
  );
  await typeToSystem("CALL apoc.trigger.stop('neo4j', 'guard') YIELD name RETURN name");
  const { findings } = await lookUntil((status) => status.findings.length === 2);
  expect(findings).toEqual([
    { rule: 'guard', id: 'guard', detail: 'is paused' },
    { rule: 'trigger', id: 'quiet', detail: 'is a trigger of somebody else' },
  ]);
  expect(await healthCheck(ctx)()).toMatchObject({
    status: 'degraded',
    guards: 'missing',
    schema_findings: findings,
  });
  for (const command of [['schema', 'status'], ['verify']]) {
    const { code, stdout } = await line.run(...command, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: expect.arrayContaining(findings) as unknown });
  }
  expect((await look()).guards).toBe('missing');
  await repair();
  await typeToSystem("CALL apoc.trigger.drop('neo4j', 'quiet') YIELD name RETURN name");
  await lookUntil((status) => status.findings.length === 0);
}, 120_000);

it('a migration node that no migration wrote is told, and keeps nobody from starting', async () => {
  await typeToSystem("CALL apoc.trigger.stop('neo4j', 'guard') YIELD name RETURN name");
  await lookUntil(({ guards }) => guards === 'missing');
  await type(
    "CREATE (:SchemaMigration {version: 'none'}), (:SchemaMigration {version: 250, name: 'x', checksum: 'y', appliedAt: datetime()})",
  );
  await repair();
  const { findings, migrations } = await look();
  expect(findings).toEqual([
    { rule: 'schema', id: expect.any(String) as string, detail: 'is no record of a migration' },
  ]);
  expect(migrations.filter(({ state }) => state !== 'applied')).toMatchObject([
    { version: 250, state: 'unknown' },
  ]);
  await expect(repair()).resolves.toEqual([]);
});

it('gives artifacts that were recorded without it the hash of their payload, in batches, and leaves the others alone', async () => {
  const payloads = [...Array.from({ length: 2_500 }, (_, n) => `text ${n}`), '{"a":1,"ß":"Bär"}'];
  await typeStatement(
    { ...shared, ctx },
    `UNWIND range(0, size($payloads) - 1) AS n
     CREATE (:Artifact {id: 'old-' + n, type: 'text', lifecycleState: 'intermediate', generation: 0, createdAt: datetime(),
       payload: $payloads[n], contentHash: CASE WHEN n = 7 THEN $seventh END})`,
    { payloads, seventh: digestOf('text 7') },
  );
  await type(
    `CREATE (:MaintenanceGrant:AuditEvent {at: datetime(), actor: 'test', reason: 'to be applied again'})
     WITH 1 AS one MATCH (m:SchemaMigration {name: 'payload_hashes'}) DELETE m`,
  );
  await expect(repair()).resolves.toEqual([expect.stringContaining('payload_hashes')]);
  const rows = await type(
    "MATCH (a:Artifact) WHERE a.id STARTS WITH 'old-' RETURN a.payload AS payload, a.contentHash AS hash",
  );
  expect(rows).toHaveLength(payloads.length);
  for (const { payload, hash } of rows) expect(hash).toBe(digestOf(String(payload)));
});
