import { recordOrPutAgain } from '../../content/record-contents.js';
import type { Context } from '../../context.js';
import { Unavailable } from '../../errors.js';
import { completes, type ImportUnit, type PlannedUnit } from './import-unit.js';
import { readMedia } from '../media/read-media.js';
import type { MediaReader } from '../media/media-reader.js';
import { readBundle } from '../source/legacy-bundle.js';
import { rememberImports } from './remember-imports.js';
import { writePlans } from './write-plans.js';

/**
 * Writes units in one transaction and gives each its result. When it is refused, each half is tried alone, down to the
 * single unit that is the cause: that one fails alone.
 * @throws Unavailable
 */
export async function writeBatch(
  ctx: Context,
  units: readonly PlannedUnit[],
  reader: MediaReader,
): Promise<void> {
  const [first] = units;
  if (!first) return;
  try {
    const putAgain = async () => {
      await Promise.all(units.map(({ bundle }) => readMedia(readBundle(bundle), reader)));
      await ctx.content.flush();
    };
    await recordOrPutAgain(() => writePlans(ctx, units), putAgain);
  } catch (error) {
    if (error instanceof Unavailable || !(error instanceof Error)) throw error;
    if (units.length === 1) {
      ctx.log.warn({ err: error, key: first.bundle.key }, 'the graph refused an old row');
      first.result = { outcome: 'failed', reason: error.message };
      return;
    }
    const middle = units.length >> 1;
    await writeBatch(ctx, units.slice(0, middle), reader);
    await writeBatch(ctx, units.slice(middle), reader);
  }
}

/**
 * Remembers which rows could not be imported, and why; an import that succeeds later replaces the record. Not of
 * relations, which every import tries again, since it may have brought their ends; and not of a story that was imported
 * before: only its completion failed.
 */
export async function rememberFailures(ctx: Context, units: readonly ImportUnit[]): Promise<void> {
  const records = units.flatMap((unit) => {
    const { bundle, digest, result } = unit;
    const isNews = result?.outcome === 'failed' && !result.asBefore && !completes(unit);
    return isNews && bundle.kind !== 'relation'
      ? [{ bundle, digest, outcome: result.outcome, reason: result.reason }]
      : [];
  });
  if (records.length > 0) await ctx.db.write((tx) => rememberImports(ctx, tx, records));
}
