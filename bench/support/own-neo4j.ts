import { once } from 'node:events';
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
import { startMinio, type LocalS3 } from '../../src/local/minio.js';
import { startNeo4j } from '../../src/local/neo4j.js';

interface At {
  folder: string;
  neo4j: LocalNeo4j;
  /** With its objects in the folder; it is stopped with Neo4j. */
  startMinio: () => Promise<LocalS3>;
}
type Measure = (ctx: Context, at: At) => Promise<void>;

/**
 * Measures on a Neo4j of its own, on a real disk and compiled as for service, never on a configured one: some of these
 * fill the graph, or take the guard away. `--data-dir DIR` uses (and keeps) that folder, and a Neo4j that runs on it.
 */
export async function withOwnNeo4j(measure: Measure): Promise<void> {
  // Other options are the benchmark's own.
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } }, strict: false });
  const kept = values['data-dir'];
  if (typeof kept === 'string') return measureIn(resolve(kept), measure);
  const folder = await mkdtemp(join(tmpdir(), 'artifact-graph-bench-'));
  try {
    await measureIn(folder, measure);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whatever ends the measurement, Ctrl-C and SIGTERM too, stops what was started for it. */
async function measureIn(folder: string, measure: Measure): Promise<void> {
  const interrupted = new AbortController();
  const { signal } = interrupted;
  for (const name of ['SIGINT', 'SIGTERM'])
    process.once(name, () => interrupted.abort(new Error(`ended by ${name}`)));
  const starting = {
    dataDir: folder,
    cacheDir: process.env.ARTIFACT_GRAPH_CACHE,
    onProgress: (line: string) => console.error(line),
    signal,
  };
  const neo4j = await startNeo4j(starting);
  const db = Database.connect({ ...neo4j, database: 'neo4j' });
  const content = await DiskStore.open(join(folder, 'content'));
  const stops = [neo4j.stop, () => content.close(), () => db.close()];
  const work = async () => {
    await applyMigrations(db.driver, db.name);
    const log = pino({ level: 'silent' });
    const ctx = { db, content, clock: () => new Date(), log, actor: 'bench' };
    await measure(ctx, {
      folder,
      neo4j,
      async startMinio() {
        const minio = await startMinio(starting);
        stops.push(minio.stop);
        return minio;
      },
    });
  };
  try {
    // Not left to the work: what it asks of a database that is closed may never be answered.
    await Promise.race([work(), once(signal, 'abort').then(() => signal.throwIfAborted())]);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
