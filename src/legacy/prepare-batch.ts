import type { Context } from '../context.js';
import type { ImportRun } from './import-run.js';
import type { BundleToWrite } from './write/write-batch.js';
import { keysWithin } from './source/assemble-bundles.js';
import { bundleDigest, bundleKey, storyIdsOf, type LegacyBundle } from './source/legacy-bundle.js';
import { relationKey } from './source/legacy-row.js';
import type { Ledger } from './write/ledger.js';
import { readMedia, type MediaOf } from './media/read-media.js';
import { planBundle, UnusableBundle } from './plan/plan-bundle.js';
import { relationsWithin } from './plan/plan-old-tables.js';
import { erasedReason, findErased, findRemembered, type Remembered } from './write/remember-imports.js';
import type { SlotResult } from './media/resolve-media.js';

/** What is decided about one bundle before anything is written. */
export type Prepared =
  | (BundleToWrite & { step: 'write' })
  | { bundle: LegacyBundle; step: 'skip'; reason: string }
  | { bundle: LegacyBundle; step: 'fail'; digest: string; reason: string; isNew: boolean };

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
  const remembered = await findRemembered(ctx.db, bundles.map(bundleKey));
  const erased = await findErased(ctx.db, storyIdsOf(bundles));
  ledger.add(
    bundles.flatMap((bundle) => [...keysWithin(bundle), ...relationsWithin(bundle).map(relationKey)]),
  );
  const isFirst = firstOccurrences(bundles, ledger);
  const decisions = bundles.map((bundle) => {
    if (bundle.kind === 'story' && erased.has(bundle.id ?? ''))
      return { bundle, step: 'skip' as const, reason: erasedReason };
    if (isFirst(bundle)) return decide(bundle, remembered.get(bundleKey(bundle)), retryFailed);
    return { bundle, step: 'skip' as const, reason: `a row before it has the same ${bundle.kind} id` };
  });
  const toRead = decisions.filter(({ step }) => step === 'read').map(({ bundle }) => bundle);
  const media = await readMedia(toRead, reader);
  return decisions.map((decision) =>
    'digest' in decision && decision.step === 'read' ? plan(ctx, decision, media) : decision,
  );
}

/** Tells whether a bundle is the first of its key in this run of the import. */
function firstOccurrences(
  bundles: readonly LegacyBundle[],
  ledger: Ledger,
): (bundle: LegacyBundle) => boolean {
  const fresh = ledger.add(bundles.map((bundle) => `bundle ${bundleKey(bundle)}`));
  return (bundle) => fresh.delete(`bundle ${bundleKey(bundle)}`);
}

interface ToRead {
  bundle: LegacyBundle;
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
  if (!record) return { bundle, step: 'read', digest, completes: false };
  if (record.outcome === 'failed') {
    if (retryFailed || record.digest !== digest) return { bundle, step: 'read', digest, completes: false };
    return {
      bundle,
      step: 'fail',
      digest,
      reason: `${record.reason ?? 'it failed'} (as before; --retry-failed tries again)`,
      isNew: false,
    };
  }
  if (record.digest !== digest) {
    return {
      bundle,
      step: 'skip',
      reason: 'it changed in the old database after it was imported; "legacy validate" tells what differs',
    };
  }
  if (retryFailed && record.troubled) return { bundle, step: 'read', digest, completes: true };
  return { bundle, step: 'skip', reason: 'it was imported before' };
}

function plan(ctx: Context, { bundle, digest, completes }: ToRead, media: MediaOf): Prepared {
  try {
    const planned = planBundle(
      bundle,
      digest,
      media.get(bundle) ?? new Map<string, SlotResult>(),
      ctx.clock().getTime(),
    );
    return { bundle, step: 'write', plan: planned, completes };
  } catch (error) {
    // One row that cannot be planned must not stop the others: it is reported as failed.
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof UnusableBundle))
      ctx.log.error({ err: error, key: bundleKey(bundle) }, 'a row could not be planned');
    return { bundle, step: 'fail', digest, reason: error.message, isNew: true };
  }
}
