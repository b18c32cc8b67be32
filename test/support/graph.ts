import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { ContentStore } from '../../src/content/content-store.js';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { Database } from '../../src/db/database.js';
import { testServers } from './servers.js';

export interface TestContext {
  ctx: Context;
  /** Unlike any id of another test file: tests share one database and never clean it. */
  unique(name?: string): string;
  close(): Promise<void>;
}

/** The real graph database of this run, with its schema and guards, and a folder of its own for content. */
export async function openTestContext(content?: ContentStore): Promise<TestContext> {
  const { neo4j } = testServers();
  const db = Database.connect({ ...neo4j, database: 'neo4j' });
  await applyMigrations(db.driver, db.name);
  const folder = join(tmpdir(), `artifact-graph-${randomUUID()}`);
  const store = content ?? (await DiskStore.open(folder));
  const ctx: Context = {
    db,
    content: store,
    clock: () => new Date(),
    log: pino({ level: 'silent' }),
    actor: 'test',
  };
  return {
    ctx,
    unique: (name = 'id') => `${name}-${randomUUID()}`,
    async close() {
      await db.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A statement as somebody types it into Neo4j Browser: no service, no parameters of ours. */
export async function typeStatement(
  { ctx }: TestContext,
  text: string,
  params: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  const { records } = await ctx.db.driver.executeQuery(text, params, { database: ctx.db.name });
  return records.map((record) => record.toObject());
}
