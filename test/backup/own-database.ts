import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { z } from 'zod';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { Database } from '../../src/db/database.js';
import type { TestContext } from '../support/graph.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';

export interface OwnDatabase extends TestContext {
  /** A folder that goes when this is closed. */
  folder: string;
  /** For processes that a test starts. */
  connection: { TEST_NEO4J_URI: string; TEST_NEO4J_USER: string; TEST_NEO4J_PASSWORD: string };
  /** Everything goes but the schema, which is as in a new database. */
  empty(): Promise<void>;
}

/** A Neo4j that only this test file writes to: an export wants a graph at rest, an import an empty one. */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-graph-backup-'));
  const server = await startSmallNeo4j(folder);
  const db = Database.connect({ ...server, database: 'neo4j' });
  await applyMigrations(db.driver, db.name);
  const ctx: Context = {
    db,
    content: await DiskStore.open(join(folder, 'content')),
    clock: () => new Date(),
    log: pino({ level: 'silent' }),
    actor: 'test',
  };
  return {
    ctx,
    folder,
    connection: {
      TEST_NEO4J_URI: server.uri,
      TEST_NEO4J_USER: server.user,
      TEST_NEO4J_PASSWORD: server.password,
    },
    unique: (name = 'id') => `${name}-${randomUUID()}`,
    empty: () => empty(db),
    async close() {
      await db.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** No statement can delete audit events while the guard stands, so it goes first. */
async function empty({ driver, name }: Database): Promise<void> {
  await driver.executeQuery('CALL apoc.trigger.drop($name, "guard")', { name }, { database: 'system' });
  while ((await triggerCount(driver, name)) > 0) await sleep(100);
  const leftByMigrations = "n:SchemaMigration OR n:Lock AND n.name = 'generation'";
  await driver.executeQuery(
    `MATCH (n) WHERE NOT (${leftByMigrations}) DETACH DELETE n`,
    {},
    { database: name },
  );
  await applyMigrations(driver, name);
}

async function triggerCount(driver: Database['driver'], database: string): Promise<number> {
  const { records } = await driver.executeQuery(
    'CALL apoc.trigger.list() YIELD name RETURN count(name) AS count',
    {},
    { database },
  );
  return z.number().parse(records[0]?.get('count'));
}
