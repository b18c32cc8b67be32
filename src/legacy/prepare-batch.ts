import type { Context } from '../context.js';
import type { ImportRun } from './import-run.js';
import type { ImportResult, ImportUnit } from './import-unit.js';
import { readMedia, type MediaOf } from './media/read-media.js';
import { planBundle, UnusableBundle } from './plan/plan-bundle.js';
import { namesWithin } from './plan/plan-old-tables.js';
import {
  bundleDigest,
  readBundle,
  storyIdsOf,
  type LegacyBundle,
  type OldBundle,
} from './source/legacy-bundle.js';
import { erasedReason, findErased, findRemembered } from './write/remember-imports.js';

/**
 * Decides which bundles are to be written, reads and keeps their media, and plans them. What is noted in the ledger:
 * each bundle's key, and everything that belongs to it.
 * @throws Unavailable when the store or the graph does not answer
 */
export async function prepareBatch(run: ImportRun, bundles: readonly LegacyBundle[]): Promise<ImportUnit[]> {
  const { ctx, ledger, reader, options } = run;
  const keys = bundles.map(({ key }) => key);
  const remembered = await findRemembered(ctx.db, keys);
  const erased = await findErased(ctx.db, storyIdsOf(bundles));
  ledger.add(bundles.flatMap(namesWithin));
  const fresh = ledger.add(keys.map((key) => `bundle ${key}`));
  const units = bundles.map((bundle): ImportUnit => {
    const { kind, id, key } = bundle;
    const known = { bundle, digest: bundleDigest(bundle), record: remembered.get(key) };
    const skipped = (reason: string): ImportResult => ({ outcome: 'skipped', reason });
    const isErased = kind === 'story' && erased.has(id ?? '');
    const result = isErased
      ? skipped(erasedReason)
      : fresh.delete(`bundle ${key}`)
        ? resultOfBefore(known, options.retryFailed ?? false)
        : skipped(`a row before it has the same ${kind} id`);
    return { ...known, rows: result ? null : readBundle(bundle), plan: null, result };
  });
  const media = await readMedia(
    units.flatMap(({ rows }) => rows ?? []),
    reader,
  );
  for (const unit of units) if (unit.rows) planUnit(ctx, unit, unit.rows, media);
  return units;
}

/** What an earlier import leaves to say; null when the bundle is to be imported, or completed. */
function resultOfBefore(
  { digest, record }: Pick<ImportUnit, 'digest' | 'record'>,
  retryFailed: boolean,
): ImportResult | null {
  if (!record) return null;
  const isChanged = record.digest !== digest;
  if (record.outcome === 'failed')
    return retryFailed || isChanged
      ? null
      : { outcome: 'failed', reason: record.reason ?? 'it failed', asBefore: true };
  if (!isChanged)
    return retryFailed && record.troubled ? null : { outcome: 'skipped', reason: 'it was imported before' };
  const reason = 'it changed in the old database after it was imported; "legacy validate" tells what differs';
  return { outcome: 'skipped', reason };
}

function planUnit(ctx: Context, unit: ImportUnit, rows: OldBundle, media: MediaOf): void {
  try {
    unit.plan = planBundle(rows, media.get(rows) ?? new Map(), ctx.clock().getTime());
  } catch (error) {
    // One row that cannot be planned must not stop the others: it is reported as failed.
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof UnusableBundle))
      ctx.log.error({ err: error, key: rows.key }, 'a row could not be planned');
    unit.result = { outcome: 'failed', reason: error.message };
  }
}
