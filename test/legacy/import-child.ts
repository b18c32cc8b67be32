import { importLegacy } from '../../src/legacy/import-legacy.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { openChildContext } from '../support/child-context.js';

/** An import in a process of its own, to be killed. Arguments: the old database, the store's folder. */
const [source, folder] = process.argv.slice(2);
const ctx = await openChildContext(folder);
const tables = await openLegacyTables(source ?? '');
await importLegacy(ctx, tables, {
  batch: 10,
  onProgress: (done) => void process.stdout.write(`${done}\n`),
});
await tables.close();
await ctx.db.close();
