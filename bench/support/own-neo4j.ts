import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { Database } from '../../src/db/database.js';
import type { LocalNeo4j } from '../../src/local/local-neo4j.js';
import { startNeo4j } from '../../src/local/neo4j.js';

/**
 * Measures on a Neo4j of its own, on a real disk and compiled as for service, never on a configured one: some of these
 * fill the graph, or take the guard away. `--data-dir DIR` uses (and keeps) that folder, and a Neo4j that runs on it.
 * Ctrl-C or SIGTERM makes the measurement fail by its next query, within half a minute; then what was started is stopped.
 */
export async function withOwnNeo4j(
  measure: (ctx: Context, at: { folder: string; neo4j: LocalNeo4j }) => Promise<void>,
): Promise<void> {
  // Other options are the benchmark's own.
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false });
  const kept = typeof values['data-dir'] === 'string' ? values['data-dir'] : undefined;
  const folder = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'artifact-graph-bench-'));
  const onProgress = (line: string) => console.error(line);
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interrupted.abort());
  const server = await startNeo4j({
    dataDir: folder,
    cacheDir: process.env.ARTIFACT_GRAPH_CACHE,
    onProgress,
    signal: interrupted.signal,
  });
  const db = Database.connect({ ...server, database: 'neo4j' });
  interrupted.signal.addEventListener('abort', () => void db.close());
  const content = await DiskStore.open(join(folder, 'content'));
  try {
    await applyMigrations(db.driver, db.name);
    const log = pino({ level: 'silent' });
    await measure({ db, content, clock: () => new Date(), log, actor: 'bench' }, { folder, neo4j: server });
  } finally {
    await db.close();
    await content.close();
    await server.stop();
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  }
}
