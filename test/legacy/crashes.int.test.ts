import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Store } from '../../src/content/s3/s3-store.js';
import { verifyContent } from '../../src/content/verify-content.js';
import { findBrokenInvariants } from '../../src/audit/find-broken-invariants.js';
import type { Context } from '../../src/context.js';
import { applyMigrations } from '../../src/db/apply-migrations.js';
import { Database } from '../../src/db/database.js';
import { Unavailable } from '../../src/errors.js';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import type { LegacyTables } from '../../src/legacy/source/legacy-tables.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { validateLegacy } from '../../src/legacy/validate-legacy.js';
import { getMinio } from '../../src/local/minio-install.js';
import { startMinio } from '../../src/local/minio.js';
import { openTestContext, type TestContext } from '../support/graph.js';
import { testServers } from '../support/servers.js';
import { startSmallNeo4j } from '../support/small-neo4j.js';
import { readStoryGraphs } from './story-graph.js';
import { fillWorkshop, Workshop } from './workshop.js';

const bucket = 'crashes';
const region = 'us-east-1';
let folder: string;
let undisturbed: TestContext;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artifact-graph-crashes-'));
  const { s3 } = testServers();
  undisturbed = await openTestContext(
    await S3Store.open({ ...s3, bucket, region, scratchDir: join(folder, 'undisturbed') }),
  );
});
afterAll(async () => {
  for (const stop of stops) await stop();
  await undisturbed.close();
  await rm(folder, { recursive: true, force: true });
});

type Part = 'neo4j' | 'minio';

/** Servers that only this test uses: it kills them. What was not killed runs on. */
async function withOwnServers(
  work: (ctx: Context, pids: Record<Part, number>) => Promise<void>,
): Promise<void> {
  const options = {
    dataDir: folder,
    cacheDir: process.env.ARTIFACT_GRAPH_CACHE,
    onProgress: () => undefined,
  };
  await getMinio(options);
  const neo4j = await startSmallNeo4j(folder);
  const minio = await startMinio(options);
  stops.push(neo4j.stop, minio.stop);
  const db = Database.connect({ ...neo4j, database: 'neo4j' });
  try {
    await applyMigrations(db.driver, db.name);
    const content = await S3Store.open({ ...minio, bucket, region, scratchDir: join(folder, 'scratch') });
    await work({ ...undisturbed.ctx, db, content }, { neo4j: neo4j.pid, minio: minio.pid });
    await content.close();
  } finally {
    await db.close();
  }
}

/** Imports until so many stories are done, kills a server, and goes on until the import notices. */
async function importAndKill(tables: LegacyTables, part: Part, afterStories: number): Promise<void> {
  await withOwnServers(async (ctx, pids) => {
    const importing = importLegacy(ctx, tables, {
      batch: 10,
      onProgress: (done) => {
        if (done < afterStories || pids[part] === 0) return;
        process.kill(pids[part], 'SIGKILL');
        pids[part] = 0;
      },
    });
    await expect(importing).rejects.toThrow(Unavailable);
  });
}

test('an import whose Neo4j and MinIO are killed ends as one that met no accident', async () => {
  const workshop = new Workshop();
  const ids = [...fillWorkshop(workshop, 150, 'crashes-').values()].flat();
  const tables = await openLegacyTables(workshop.database);
  await importLegacy(undisturbed.ctx, tables);
  const expected = await readStoryGraphs(undisturbed, ids);
  expect(expected).toHaveLength(150);

  await importAndKill(tables, 'neo4j', 20);
  await importAndKill(tables, 'minio', 40);
  await importAndKill(tables, 'neo4j', 90);
  await withOwnServers(async (ctx) => {
    const rest = await importLegacy(ctx, tables);
    expect(rest.imported).toBeGreaterThan(0);
    expect(rest.skipped).toBeGreaterThan(0);
    expect(rest.imported + rest.skipped).toBe(150);
    expect(await readStoryGraphs({ ...undisturbed, ctx }, ids)).toEqual(expected);
    expect((await validateLegacy(ctx, tables)).findings).toBe(0);
    expect(await findBrokenInvariants(ctx)).toEqual([]);
    for await (const finding of verifyContent(ctx)) throw new Error(JSON.stringify(finding));
  });
  await tables.close();
  workshop.close();
}, 400_000);
