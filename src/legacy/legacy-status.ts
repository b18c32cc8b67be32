import type { Context } from '../context.js';
import { bundleOf } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { recall } from './write/remember-imports.js';

/**
 * How far the import of an old database is. `imported` counts those that were erased since, `pending` those that are not
 * imported and have not failed.
 */
export interface LegacyStatus {
  source: string;
  total: number;
  imported: number;
  failed: number;
  pending: number;
  /** Imported of total, 0 to 100, rounded down so that 100 means all. */
  percent: number;
}

const pageSize = 1000;

/**
 * Compares the stories that the old database has now with what is remembered of their import.
 * @throws Unavailable
 */
export async function legacyStatus(ctx: Context, tables: LegacyTables): Promise<LegacyStatus> {
  const counts = { total: 0, imported: 0, failed: 0 };
  for await (const rows of tables.scan('stories', pageSize)) {
    const stories = rows.map((row) => bundleOf('story', row, tables.name));
    const { recordOf, isErased } = await recall(ctx.db, stories);
    counts.total += rows.length;
    for (const story of stories) {
      const outcome = recordOf(story)?.outcome;
      if (outcome === 'imported' || isErased(story)) counts.imported++;
      else if (outcome === 'failed') counts.failed++;
    }
  }
  const { total, imported, failed } = counts;
  const percent = total === 0 ? 100 : Math.floor((imported * 100) / total);
  return { source: tables.name, total, imported, failed, pending: total - imported - failed, percent };
}
