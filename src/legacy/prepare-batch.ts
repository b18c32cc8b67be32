import type { Context } from '../context.js';
import type { MediaReader } from './media/media-reader.js';
import { readMedia } from './media/read-media.js';
import { planBundle, UnusableBundle } from './plan/plan-bundle.js';
import { namesWithin } from './plan/plan-old-tables.js';
import { bundleDigest, readBundle, type LegacyBundle } from './source/legacy-bundle.js';
import type { ImportResult, ImportUnit } from './write/import-unit.js';
import type { Ledger } from './write/ledger.js';
import { erasedReason, recall } from './write/remember-imports.js';

/** What the parts of one import share. */
export interface ImportRun {
  ctx: Context;
  reader: MediaReader;
  ledger: Ledger;
  retryFailed: boolean;
}

/**
 * Decides which bundles are to be written, reads and keeps their media, and plans them. What is noted in the ledger:
 * each bundle's key, and everything that belongs to it.
 * @throws Unavailable when the store or the graph does not answer
 */
export async function prepareBatch(
  { ctx, ledger, reader, retryFailed }: ImportRun,
  bundles: readonly LegacyBundle[],
): Promise<ImportUnit[]> {
  const units = await recallUnits(ctx, bundles);
  ledger.add(bundles.flatMap(namesWithin));
  const fresh = ledger.add(bundles.map(({ key }) => `bundle ${key}`));
  for (const unit of units) {
    if (unit.result) continue;
    const { key, kind } = unit.bundle;
    unit.result = fresh.delete(`bundle ${key}`)
      ? resultOfBefore(unit, retryFailed)
      : skipped(`a row before it has the same ${kind} id`);
  }
  await planUnits(ctx, units, reader);
  return units;
}

const skipped = (reason: string): ImportResult => ({ outcome: 'skipped', reason });

/** A unit for each bundle, with what is remembered of it. What was erased has its result already. */
export async function recallUnits(ctx: Context, bundles: readonly LegacyBundle[]): Promise<ImportUnit[]> {
  const { recordOf, isErased } = await recall(ctx.db, bundles);
  return bundles.map((bundle) => ({
    bundle,
    digest: bundleDigest(bundle),
    record: recordOf(bundle),
    plan: null,
    result: isErased(bundle) ? skipped(erasedReason) : null,
  }));
}

/** What an earlier import leaves to say; null when the bundle is to be imported, or completed. */
function resultOfBefore({ digest, record }: ImportUnit, retryFailed: boolean): ImportResult | null {
  if (!record) return null;
  const isChanged = record.digest !== digest;
  if (record.outcome === 'failed') {
    const reason = record.reason ?? 'it failed';
    return retryFailed || isChanged ? null : { outcome: 'failed', reason, asBefore: true };
  }
  if (isChanged)
    return skipped(
      'it changed in the old database after it was imported; "legacy validate" tells what differs',
    );
  return retryFailed && record.troubled ? null : skipped('it was imported before');
}

/**
 * Reads and keeps the media of the units without a result, and plans them. One that cannot be planned fails, and does not
 * stop the others.
 */
export async function planUnits(
  ctx: Context,
  units: readonly ImportUnit[],
  reader: MediaReader,
): Promise<void> {
  const open = units.filter(({ result }) => result === null);
  const planOne = async (unit: ImportUnit) => {
    const rows = readBundle(unit.bundle);
    const media = await readMedia(rows, reader);
    try {
      unit.plan = planBundle(rows, media, ctx.clock().getTime());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!(error instanceof UnusableBundle))
        ctx.log.error({ err: error, key: rows.key }, 'a row could not be planned');
      unit.result = { outcome: 'failed', reason: error.message };
    }
  };
  await Promise.all(open.map(planOne));
}
