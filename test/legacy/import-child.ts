import pino from 'pino';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { Database } from '../../src/db/database.js';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';

/** An import in a process of its own, to be killed. Arguments: the old database, the store's folder. */
const [source, folder] = process.argv.slice(2);
const { TEST_NEO4J_URI, TEST_NEO4J_USER, TEST_NEO4J_PASSWORD } = process.env;
const db = Database.connect({
  uri: TEST_NEO4J_URI ?? '',
  user: TEST_NEO4J_USER ?? '',
  password: TEST_NEO4J_PASSWORD ?? '',
  database: 'neo4j',
});
const content = await DiskStore.open(folder ?? '');
const tables = await openLegacyTables(source ?? '');
await importLegacy(
  { db, content, clock: () => new Date(), log: pino({ level: 'silent' }), actor: 'child' },
  tables,
  {
    batch: 10,
    onProgress: ({ done }) => void process.stdout.write(`${done}\n`),
  },
);
await tables.close();
await db.close();
