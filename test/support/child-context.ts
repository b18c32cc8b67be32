import pino from 'pino';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import type { Context } from '../../src/context.js';
import { Database } from '../../src/db/database.js';

/** The context of a process that a test starts in order to kill it: the graph of TEST_NEO4J_…, and a store in a folder. */
export async function openChildContext(folder: string | undefined): Promise<Context> {
  const { TEST_NEO4J_URI, TEST_NEO4J_USER, TEST_NEO4J_PASSWORD } = process.env;
  const db = Database.connect({
    uri: TEST_NEO4J_URI ?? '',
    user: TEST_NEO4J_USER ?? '',
    password: TEST_NEO4J_PASSWORD ?? '',
    database: 'neo4j',
  });
  const content = await DiskStore.open(folder ?? '');
  return { db, content, clock: () => new Date(), log: pino({ level: 'silent' }), actor: 'child' };
}
