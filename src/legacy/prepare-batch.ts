import type { Context } from '../context.js';
import type { ImportRun } from './import-run.js';
import { readMedia, type MediaOf } from './media/read-media.js';
import { planBundle, UnusableBundle } from './plan/plan-bundle.js';
import { relationsWithin } from './plan/plan-old-tables.js';
import { keysWithin } from './source/assemble-bundles.js';
import {
  bundleDigest,
  bundleKey,
  readBundle,
  storyIdsOf,
  type BundleName,
  type LegacyBundle,
  type OldBundle,
} from './source/legacy-bundle.js';
import { relationKey } from './source/legacy-row.js';
import { erasedReason, findErased, findRemembered, type Remembered } from './write/remember-imports.js';
import type { BundleToWrite } from './write/write-batch.js';

/** What is decided about one bundle before anything is written. */
export type Prepared =
  | (BundleToWrite & { step: 'write' })
  | { bundle: BundleName; step: 'skip'; reason: string }
  | { bundle: BundleName; step: 'fail'; digest: string; reason: string; isNew: boolean };

/**
 * Decides which bundles are to be written, reads and keeps their media, and plans them. What is noted in the ledger:
 * each bundle's key, and everything that belongs to it.
 * @throws Unavailable when the store or the graph does not answer
 */
export async function prepareBatch(
  ctx: Context,
  bundles: readonly LegacyBundle[],
  { ledger, reader, options: { retryFailed = false } }: Pick<ImportRun, 'ledger' | 'reader' | 'options'>,
): Promise<Prepared[]> {
  const keys = bundles.map(bundleKey);
  const [remembered, erased] = [
    await findRemembered(ctx.db, keys),
    await findErased(ctx.db, storyIdsOf(bundles)),
  ];
  ledger.add(
    bundles.flatMap((bundle) => [...keysWithin(bundle), ...relationsWithin(bundle).map(relationKey)]),
  );
  const fresh = ledger.add(keys.map((key) => `bundle ${key}`));
  const decisions = bundles.map((bundle) => {
    const skip = (reason: string) => ({ bundle, step: 'skip' as const, reason });
    const key = bundleKey(bundle);
    if (bundle.kind === 'story' && erased.has(bundle.id ?? '')) return skip(erasedReason);
    if (!fresh.delete(`bundle ${key}`)) return skip(`a row before it has the same ${bundle.kind} id`);
    return decide(bundle, remembered.get(key), retryFailed);
  });
  const toRead = decisions.filter((one) => one.step === 'read').map(({ bundle }) => bundle);
  const media = await readMedia(toRead, reader);
  return decisions.map((one) => (one.step === 'read' ? plan(ctx, one, media) : one));
}

interface ToRead {
  bundle: OldBundle;
  step: 'read';
  digest: string;
  completes: boolean;
}

function decide(
  bundle: LegacyBundle,
  record: Remembered | undefined,
  retryFailed: boolean,
): ToRead | Exclude<Prepared, { step: 'write' }> {
  const digest = bundleDigest(bundle);
  const isChanged = record?.digest !== digest;
  if (record?.outcome === 'failed' && !retryFailed && !isChanged) {
    const reason = `${record.reason ?? 'it failed'} (as before; --retry-failed tries again)`;
    return { bundle, step: 'fail', digest, reason, isNew: false };
  }
  if (record?.outcome === 'imported') {
    const skip = (reason: string) => ({ bundle, step: 'skip' as const, reason });
    if (isChanged)
      return skip(
        'it changed in the old database after it was imported; "legacy validate" tells what differs',
      );
    if (!retryFailed || !record.troubled) return skip('it was imported before');
  }
  return { bundle: readBundle(bundle), step: 'read', digest, completes: record?.outcome === 'imported' };
}

function plan(ctx: Context, { bundle, digest, completes }: ToRead, media: MediaOf): Prepared {
  try {
    const planned = planBundle(bundle, digest, media.get(bundle) ?? new Map(), ctx.clock().getTime());
    return { bundle, step: 'write', plan: planned, completes };
  } catch (error) {
    // One row that cannot be planned must not stop the others: it is reported as failed.
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof UnusableBundle))
      ctx.log.error({ err: error, key: bundleKey(bundle) }, 'a row could not be planned');
    return { bundle, step: 'fail', digest, reason: error.message, isNew: true };
  }
}
