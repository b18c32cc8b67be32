import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from 'neo4j-driver';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { schemaStatus } from '../../src/db/schema-status.js';
import { probeGuard } from '../../src/db/guard.js';
import { readMigrations } from '../../src/db/migration-files.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';

let test: TestContext;
let driver: Driver;
let folder: string;
beforeAll(async () => {
  test = await openTestContext();
  driver = test.ctx.db.driver;
  folder = mkdtempSync(join(tmpdir(), 'migrations-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await typeStatement(
    test,
    `CREATE (:MaintenanceGrant:AuditEvent {at: datetime(), actor: 'test', reason: 'migrations of a test'})
     WITH 1 AS one MATCH (m:SchemaMigration) WHERE m.version IN [901, 902, 903] DELETE m`,
  );
  await typeStatement(test, `DROP CONSTRAINT ${name} IF EXISTS`);
  await typeStatement(test, `MATCH (n:${label}) DELETE n`);
  await test.close();
});

const name = `trial_${process.pid}`;
const label = `Trial${process.pid}`;
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

describe('migrations', () => {
  it('are applied once, in order, and several instances that start together make one schema', async () => {
    write(
      'V901__trial.cypher',
      `// A constraint.\nCREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE n.id IS UNIQUE;\n`,
    );
    write(
      'V902__node.cypher',
      `// Two statements.\nMERGE (:${label} {id: 'one;two'});\nMERGE (n:${label} {id: 'two'})\nSET n.times = coalesce(n.times, 0) + 1;\n`,
    );
    const migrations = readMigrations(folder);
    const applied = await Promise.all(
      Array.from({ length: 8 }, () => applyMigrations(driver, 'neo4j', migrations)),
    );
    expect(applied.flat()).toEqual(['V901__trial.cypher', 'V902__node.cypher']);
    await expect(applyMigrations(driver, 'neo4j', migrations)).resolves.toEqual([]);
    const touched = `MATCH (n:${label} {id: 'two'}) RETURN n.times AS times`;
    expect(await typeStatement(test, touched)).toEqual([{ times: 1 }]);
    const records =
      'MATCH (m:SchemaMigration) WHERE m.version IN [901, 902] RETURN m.version AS version ORDER BY version';
    expect(await typeStatement(test, records)).toEqual([{ version: 901 }, { version: 902 }]);
    expect(await typeStatement(test, `MATCH (n:${label}) RETURN count(n) AS count`)).toEqual([{ count: 2 }]);
  });

  it('say what is applied, pending and changed', async () => {
    write('V903__later.cypher', `// Nothing yet.\nMERGE (:${label} {id: 'three'});\n`);
    write('V902__node.cypher', `// Changed.\nMERGE (:${label} {id: 'other'});\n`);
    const { migrations, guards, version } = await schemaStatus(driver, 'neo4j', readMigrations(folder));
    const ours = migrations.filter(({ version: each }) => each > 900);
    expect(ours.map(({ version: each, state }) => [each, state])).toEqual([
      [901, 'applied'],
      [902, 'changed'],
      [903, 'pending'],
    ]);
    expect(ours[0]?.appliedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(ours[2]?.appliedAt).toBeNull();
    expect(version).toBeGreaterThanOrEqual(902);
    expect(guards).toBe('active');
  });

  it('refuse to go on when a file was changed after it had been applied', async () => {
    await expect(applyMigrations(driver, 'neo4j', readMigrations(folder))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('V902__node.cypher') as string,
      facts: { file: 'V902__node.cypher' },
    });
    expect(await typeStatement(test, 'MATCH (m:SchemaMigration {version: 903}) RETURN m')).toEqual([]);
  });

  it('are named by version and purpose; a version occurs once', () => {
    const wrong = mkdtempSync(join(tmpdir(), 'migrations-'));
    writeFileSync(join(wrong, 'later.cypher'), 'RETURN 1');
    expect(() => readMigrations(wrong)).toThrow('V001__what_it_does.cypher');
    rmSync(join(wrong, 'later.cypher'));
    writeFileSync(join(wrong, 'V001__one.cypher'), 'RETURN 1');
    writeFileSync(join(wrong, 'V001__two.cypher'), 'RETURN 2');
    expect(() => readMigrations(wrong)).toThrow('occurs twice');
    rmSync(wrong, { recursive: true });
  });
});

describe('the guard of the service', () => {
  it('is listed, and really refuses', async () => {
    const migrations = readMigrations();
    const status = await schemaStatus(driver, 'neo4j', migrations);
    expect(status.guards).toBe('active');
    const known = status.migrations.filter(({ state }) => state !== 'unknown');
    expect(known.map(({ state }) => state)).toEqual(migrations.map(() => 'applied'));
    expect(status.findings).toEqual([]);
    await expect(probeGuard(driver, 'neo4j')).resolves.toBe(true);
    expect(
      await typeStatement(test, "MATCH (a:Artifact) WHERE a.id STARTS WITH 'guard-probe-' RETURN a.id AS id"),
    ).toEqual([]);
  });

  it('that is installed with another text is called outdated, one that is not there missing', async () => {
    const migrations = readMigrations();
    const changed = migrations.map((each) =>
      each.kind === 'trigger' ? { ...each, statements: ['RETURN 1'] } : each,
    );
    await expect(schemaStatus(driver, 'neo4j', changed)).resolves.toMatchObject({ guards: 'outdated' });
    const renamed = migrations.map((each) => (each.kind === 'trigger' ? { ...each, name: 'another' } : each));
    await expect(schemaStatus(driver, 'neo4j', renamed)).resolves.toMatchObject({ guards: 'missing' });
  });
});
