import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';
import type { StoredObject } from './content-store.js';
import { findReferenced } from './find-referenced.js';
import { inPages } from './pages.js';
import { sweepStaging } from './staging.js';

const digests = z.array(sha256);
const lockContents = statement('content/lock-contents.cypher', {
  params: z.object({ digests, now: z.number().int() }),
  row: z.object({ sha256, referenced: z.boolean() }),
});
const grantCollection = statement('content/grant-collection.cypher', {
  params: z.object({
    id: z.string(),
    at: z.number().int(),
    actor: z.string(),
    reason: z.string(),
    first: sha256,
    after: z.string(),
  }),
  row: z.never(),
});
const deleteContents = statement('content/delete-contents.cypher', {
  params: z.object({ digests }),
  row: z.never(),
});

export interface CollectOptions {
  /**
   * Bytes stored less long ago stay: their artifact may be about to be recorded. 24 hours when absent; less than an
   * upload takes from its storing to its recording is safe only while none runs.
   */
  graceMs?: number;
  /** Tells what would be removed, and removes nothing. */
  dryRun?: boolean;
  onProgress?: (report: CollectReport) => void;
  signal?: AbortSignal;
}

export interface CollectReport {
  examined: number;
  /** Objects (to be) removed, and their bytes. */
  removed: number;
  freedBytes: number;
  /** Unreferenced, but younger than the grace period. */
  young: number;
  /** Unreferenced, but locked by the store against removal. */
  locked: number;
  /** Leftovers of uploads: staged files, and direct uploads that nobody completed. */
  leftovers: number;
}

const pageSize = 1000;
/** Digests a transaction: each holds its locks while the bytes are removed. */
const batchSize = 50;

/**
 * Removes stored bytes that no artifact refers to, and their Content nodes, through the maintenance grant that stays as
 * the audit record. Safe beside uploads: the bytes are removed while the transaction holds the Content node's lock, which
 * every recording of an artifact with these bytes needs, too; an upload that found the bytes before they went sees,
 * after its artifact is recorded, that they are gone, and stores them again.
 * @throws Unavailable
 */
export async function collectGarbage(ctx: Context, options: CollectOptions = {}): Promise<CollectReport> {
  const graceMs = options.graceMs ?? 24 * 3_600_000;
  const before = ctx.clock().getTime() - graceMs;
  const report: CollectReport = { examined: 0, removed: 0, freedBytes: 0, young: 0, locked: 0, leftovers: 0 };
  for await (const page of inPages(ctx.content.list(), pageSize)) {
    options.signal?.throwIfAborted();
    const referenced = await findReferenced(
      ctx,
      page.map((object) => object.sha256),
    );
    const loose = page.filter((object) => !referenced.has(object.sha256));
    const old = loose.filter((object) => object.storedAt.getTime() < before);
    report.examined += page.length;
    report.young += loose.length - old.length;
    for (let at = 0; at < old.length; at += batchSize) {
      await collectBatch(ctx, old.slice(at, at + batchSize), options.dryRun ?? false, report);
    }
    options.onProgress?.({ ...report });
  }
  if (!options.dryRun) report.leftovers = await sweepUploads(ctx, new Date(before));
  return report;
}

/** Removes staged files and direct uploads that were begun before then and never completed; tells how many. */
async function sweepUploads(ctx: Pick<Context, 'content' | 'clock'>, before: Date): Promise<number> {
  const staged = await sweepStaging(ctx.content.scratchDir, before, 0);
  return staged + ((await ctx.content.direct?.discardAbandoned(before)) ?? 0);
}

async function collectBatch(
  ctx: Context,
  objects: StoredObject[],
  dryRun: boolean,
  report: CollectReport,
): Promise<void> {
  const removed = dryRun
    ? { gone: objects.map(({ sha256 }) => sha256), locked: 0 }
    : await removeBatch(ctx, objects);
  const gone = new Set(removed.gone);
  report.removed += gone.size;
  report.locked += removed.locked;
  for (const { sha256, sizeBytes } of objects) if (gone.has(sha256)) report.freedBytes += sizeBytes;
}

interface Removed {
  gone: Sha256[];
  locked: number;
}

/** Repeatable, as a transaction has to be: removing what is removed already changes nothing. */
function removeBatch(ctx: Context, objects: StoredObject[]): Promise<Removed> {
  const gone = new Set<Sha256>();
  const wanted = objects.map(({ sha256 }) => sha256).sort();
  return ctx.db.write(async (tx) => {
    let locked = 0;
    const now = ctx.clock().getTime();
    const rows = await tx.many(lockContents, { digests: wanted, now });
    for (const { sha256, referenced } of rows) {
      if (referenced) continue;
      if (await removeUnlessLocked(ctx, sha256)) gone.add(sha256);
      else locked++;
    }
    // What the lock statement made goes again, whether or not its bytes could be removed.
    const loose = rows.filter((row) => !row.referenced).map((row) => row.sha256);
    await grantAndDelete(ctx, tx, loose);
    return { gone: [...gone], locked };
  });
}

async function grantAndDelete(ctx: Context, tx: Transaction, loose: Sha256[]): Promise<void> {
  const [first] = loose;
  if (!first) return;
  await tx.exec(grantCollection, {
    id: randomUUID(),
    at: ctx.clock().getTime(),
    actor: ctx.actor,
    reason: 'no artifact refers to these bytes',
    first,
    after: loose.join(' '),
  });
  await tx.exec(deleteContents, { digests: loose });
}

async function removeUnlessLocked(ctx: Context, sha256: Sha256): Promise<boolean> {
  try {
    await ctx.content.remove(sha256);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
