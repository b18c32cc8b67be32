import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { findProgress } from '../backup/import-progress.js';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict } from '../errors.js';
import { sha256, type Sha256 } from '../model/digest.js';
import { requireBoundStore } from './bind-store.js';
import type { StoredObject } from './content-store.js';
import { findReferenced } from './find-referenced.js';
import { eachOf, inPages } from './pages.js';
import { forgetPreviews } from './preview/make-preview.js';
import { rescueDoomed } from './record-contents.js';
import { sweepStaging } from './staging.js';

const digests = z.array(sha256);
const time = z.number().int();
const text = z.string();
const doomContents = statement('content/doom-contents.cypher', {
  params: z.object({
    objects: z.array(z.object({ sha256, sizeBytes: z.number().int(), storedAt: time })),
    store: z.enum(['s3', 'disk']),
    now: time,
  }),
  row: z.object({ sha256 }),
});
const countDoomed = statement('content/count-doomed.cypher', {
  params: z.object({ until: time }),
  row: z.object({ count: z.number() }),
});
const pageDoomed = statement('content/page-doomed.cypher', {
  params: z.object({ until: time, after: z.string(), limit: z.number().int() }),
  row: z.object({ sha256 }),
});
const lockDoomed = statement('content/lock-doomed.cypher', {
  params: z.object({ digests, until: time }),
  row: z.object({ sha256, referenced: z.boolean() }),
});
const adoptContent = statement('content/adopt-content.cypher', {
  params: z.object({ digests }),
  row: z.never(),
});
const grantCollection = statement('content/grant-collection.cypher', {
  params: z.object({ id: text, actor: text, reason: text, first: sha256, after: text }),
  row: z.never(),
});
const deleteContents = statement('content/delete-contents.cypher', {
  params: z.object({ digests }),
  row: z.never(),
});

export interface CollectOptions {
  /** Bytes stored less long ago are not doomed: their artifact may be about to be recorded. 24 hours when absent. */
  graceMs?: number;
  /** For how long bytes are doomed before they are removed; as `graceMs` when absent. */
  quarantineMs?: number;
  /** Tells what is unused, and changes nothing. */
  dryRun?: boolean;
  /** Removes also more than a tenth of all objects. */
  force?: boolean;
  onProgress?: (report: CollectReport) => void;
  signal?: AbortSignal;
}

export interface CollectReport {
  examined: number;
  /** Unreferenced and old enough, but still in their quarantine. */
  doomed: number;
  /** Objects removed, and their bytes; in a dry run those that would be doomed. */
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
const removalsAtOnce = 8;

/**
 * Removes stored bytes that no artifact refers to, in two phases: what is unreferenced and old is doomed, by a mark in
 * the graph; what was doomed for its quarantine, and is unreferenced still, is removed under the lock of its Content
 * node. A new reference lifts the mark. Safe beside everything that records content, beside other collections, and when
 * it is killed at any moment, whatever the two spans are: see docs/adr/0007.
 * @throws Conflict when the graph is not bound to this store, while an import of the graph is unfinished, and when more
 * than a tenth of all objects would go without `force`
 * @throws Unavailable
 */
export async function collectGarbage(ctx: Context, options: CollectOptions = {}): Promise<CollectReport> {
  await requireBoundStore(ctx);
  if (await findProgress(ctx.db))
    throw new Conflict('an import of this graph is unfinished: what is unused will be known after it');
  const collection = new Collection(ctx, options);
  await collection.doom();
  if (!options.dryRun) await collection.sweep();
  return collection.report;
}

class Collection {
  readonly report: CollectReport = {
    examined: 0,
    doomed: 0,
    removed: 0,
    freedBytes: 0,
    young: 0,
    locked: 0,
    leftovers: 0,
  };
  readonly #now: number;
  /** Bytes stored later than this are young. */
  readonly #before: number;
  /** What was doomed at this time or earlier is due. */
  readonly #until: number;

  constructor(
    private readonly ctx: Context,
    private readonly options: CollectOptions,
  ) {
    const graceMs = options.graceMs ?? 24 * 3_600_000;
    this.#now = ctx.clock().getTime();
    this.#before = this.#now - graceMs;
    this.#until = this.#now - (options.quarantineMs ?? graceMs);
  }

  /** The first phase: marks what is unreferenced and old. */
  async doom(): Promise<void> {
    const { ctx, options, report } = this;
    for await (const page of inPages(ctx.content.list(), pageSize)) {
      options.signal?.throwIfAborted();
      const referenced = await findReferenced(
        ctx,
        page.map((object) => object.sha256),
      );
      const loose = page.filter((object) => !referenced.has(object.sha256));
      const old = loose.filter((object) => object.storedAt.getTime() <= this.#before);
      report.examined += page.length;
      report.young += loose.length - old.length;
      if (options.dryRun) {
        report.removed += old.length;
        report.freedBytes += old.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      } else {
        report.doomed += await this.#mark(old);
      }
      options.onProgress?.({ ...report });
    }
  }

  async #mark(objects: StoredObject[]): Promise<number> {
    if (objects.length === 0) return 0;
    const sorted = objects
      .map(({ sha256, sizeBytes, storedAt }) => ({ sha256, sizeBytes, storedAt: storedAt.getTime() }))
      .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
    const { kind } = this.ctx.content;
    const doomed = await this.ctx.db.write((tx) =>
      tx.many(doomContents, { objects: sorted, store: kind, now: this.#now }),
    );
    return doomed.length;
  }

  /** The second phase: removes what is due. */
  async sweep(): Promise<void> {
    await this.#refuseTooMuch();
    const { report, options } = this;
    for await (const swept of this.sweepDue()) {
      report.removed += swept.removed.length;
      report.doomed -= Math.min(report.doomed, swept.removed.length + swept.locked.length);
      report.freedBytes += swept.removed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      report.young += swept.young.length;
      report.locked += swept.locked.length;
      options.onProgress?.({ ...report });
    }
    report.leftovers = await sweepUploads(this.ctx, new Date(this.#before));
  }

  /** Removes what was doomed long enough ago, batch after batch. */
  async *sweepDue(): AsyncGenerator<Swept> {
    const { ctx, options } = this;
    for (let after: string = ''; ;) {
      options.signal?.throwIfAborted();
      const page = await ctx.db.many(pageDoomed, { until: this.#until, after, limit: batchSize });
      const last = page.at(-1);
      if (!last) break;
      after = last.sha256;
      yield await this.#sweepBatch(page.map((row) => row.sha256));
    }
  }

  /** A graph that has lost much, or is another's, would have all the bytes removed. */
  async #refuseTooMuch(): Promise<void> {
    const { count } = await this.ctx.db.one(countDoomed, { until: this.#until });
    const { examined } = this.report;
    if (this.options.force || count * 10 <= examined) return;
    throw new Conflict(
      `${count} of ${examined} objects would be removed, more than a tenth: see whether the graph is whole, then say --force`,
      'conflict',
      { doomed: count, examined },
    );
  }

  /** Repeatable, as a transaction has to be: each attempt looks at everything again. */
  async #sweepBatch(due: Sha256[]): Promise<Swept> {
    const { ctx } = this;
    return ctx.db.write(async (tx) => {
      const rows = await tx.many(lockDoomed, { digests: due, until: this.#until });
      const of = (isReferenced: boolean) =>
        rows.filter(({ referenced }) => referenced === isReferenced).map((row) => row.sha256);
      const adopted = await rescueDoomed(tx, ctx.content, of(true));
      if (adopted.size > 0) await tx.exec(adoptContent, { digests: [...adopted] });
      const swept = await this.#removeUnused(of(false));
      const young = swept.young.map((object) => object.sha256);
      if (young.length > 0) await rescueDoomed(tx, ctx.content, young);
      await grantAndDelete(ctx, tx, [...swept.removed.map((object) => object.sha256), ...swept.absent]);
      return swept;
    });
  }

  async #removeUnused(unused: Sha256[]): Promise<Swept> {
    const swept: Swept = { removed: [], young: [], locked: [], absent: [] };
    await eachOf(unused, removalsAtOnce, async (digest) => {
      const object = await this.ctx.content.stat(digest);
      if (!object) swept.absent.push(digest);
      else if (object.storedAt.getTime() > this.#before) swept.young.push(object);
      else if (await removeUnlessLocked(this.ctx, digest)) swept.removed.push(object);
      else swept.locked.push(object);
    });
    return swept;
  }
}

export interface RemovedBytes {
  removed: { sha256: Sha256; sizeBytes: number }[];
  /** Locked by the store against removal. */
  locked: Sha256[];
}

/**
 * Removes the bytes that an erasure has doomed, at once and however new they are, with their previews; also those of an
 * erasure that was ended before it came to this. Safe beside uploads of the same bytes, as every collection is.
 */
export async function removeErased(ctx: Context): Promise<RemovedBytes> {
  const now = ctx.clock().getTime();
  // A store's clock may be ahead of this one.
  const collection = new Collection(ctx, { graceMs: -60_000, quarantineMs: now });
  const found: RemovedBytes = { removed: [], locked: [] };
  for await (const { removed, locked } of collection.sweepDue()) {
    found.removed.push(...removed.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })));
    found.locked.push(...locked.map((object) => object.sha256));
  }
  return found;
}

interface Swept {
  removed: StoredObject[];
  /** Put anew since they were doomed. */
  young: StoredObject[];
  locked: StoredObject[];
  /** Removed before, by a collection that ended between the removal and its commit. */
  absent: Sha256[];
}

/** Removes staged files and direct uploads that were begun before then and never completed; tells how many. */
async function sweepUploads(ctx: Pick<Context, 'content' | 'clock'>, before: Date): Promise<number> {
  const staged = await sweepStaging(ctx.content.scratchDir, before, 0);
  return staged + ((await ctx.content.direct?.discardAbandoned(before)) ?? 0);
}

async function grantAndDelete(ctx: Context, tx: Transaction, loose: Sha256[]): Promise<void> {
  const [first] = loose;
  if (!first) return;
  await tx.exec(grantCollection, {
    id: randomUUID(),
    actor: ctx.actor,
    reason: 'no artifact refers to these bytes',
    first,
    after: loose.join(' '),
  });
  await tx.exec(deleteContents, { digests: loose });
}

/** What is made of bytes goes with them. */
async function removeUnlessLocked({ content }: Context, sha256: Sha256): Promise<boolean> {
  try {
    await forgetPreviews(content, sha256);
    await content.remove(sha256);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
