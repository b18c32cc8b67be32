import { join } from 'node:path';
import type { Context } from '../context.js';
import { importLegacy } from '../legacy/import-legacy.js';
import { openLegacyTables } from '../legacy/source/open-legacy-tables.js';
import { enrichWorkshop } from './enrich-workshop.js';
import type { Terminal } from './terminal.js';
import { workshopFolder } from './workshop-plan.js';

/** The sample workshop through the real import, then a few runs of agents on top of it. Safe to repeat. */
export async function importSample(ctx: Context, terminal: Terminal): Promise<void> {
  const tables = await openLegacyTables(join(workshopFolder, 'legacy.db'));
  const bar = terminal.progress('importing the sample workshop');
  try {
    const onProgress = (done: number, total: number) => bar.update(done, total);
    const summary = await importLegacy(ctx, tables, { onProgress, signal: terminal.signal });
    terminal.signal.throwIfAborted();
    await enrichWorkshop(ctx);
    bar.stop();
    terminal.note(`sample workshop: ${summary.imported} stories, ${summary.artifacts} artifacts imported`);
  } finally {
    bar.stop();
    await tables.close();
  }
}
