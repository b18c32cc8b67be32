import type { Context } from '../context.js';
import { ImportTally, type ImportSummary, type RowReport } from './import-report.js';
import { mediaReader, type MediaOptions } from './media/media-reader.js';
import { prepareBatch, type ImportRun } from './prepare-batch.js';
import { looseBundles, relationBundles, storyBundles } from './source/assemble-bundles.js';
import type { LegacyBundle } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { isPlanned, type ImportUnit } from './write/import-unit.js';
import { Ledger } from './write/ledger.js';
import { predictBatch } from './write/predict-batch.js';
import { rememberFailures, writeBatch } from './write/write-batch.js';

export interface ImportOptions extends MediaOptions {
  /** Tries again what failed before, and files that were missing or refused. */
  retryFailed?: boolean;
  /** Stories in one transaction; 250 when absent. */
  batch?: number;
  /** What became of each story, then of what belongs to no story. */
  onReport?: (report: RowReport) => void | Promise<void>;
  /** How many stories are done, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Ends the import after the batches that are under way; what is written stays, and the next import goes on from it. */
  signal?: AbortSignal | undefined;
}

/** Transactions under way while the next batch is read: more only wait for each other on a small machine. */
const writesInFlight = 3;

/**
 * Takes an old database over: stories with their runs, media and lineage, in the order of the table, then what belongs
 * to no story. May run while the service serves and while the old system writes; resumes by itself, since each
 * transaction remembers what it imported.
 * @throws InvalidInput when the media root is not a folder
 * @throws Unavailable when the graph or the store goes away: the next import goes on from there
 */
export async function importLegacy(
  ctx: Context,
  tables: LegacyTables,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const started = ctx.clock().getTime();
  const { dryRun = false, retryFailed = false, batch = 250 } = options;
  const ledger = new Ledger();
  try {
    const run = { ctx, reader: mediaReader(ctx, tables, options), ledger, retryFailed };
    const tally = new ImportTally(tables.name, dryRun, ledger);
    const total = await tables.count('stories');
    const report = async (units: readonly ImportUnit[]) => {
      for (const unit of units) {
        const told = tally.count(unit);
        await options.onReport?.(told);
      }
      options.onProgress?.(tally.summary.total, total);
    };
    // What hangs on no story is known when all stories were read, and relations want both ends written.
    for (const bundles of [
      storyBundles(tables, batch),
      looseBundles(tables, batch, ledger),
      relationBundles(tables, batch, ledger),
    ])
      await importAll(run, bundles, options, report);
    return { ...tally.summary, seconds: Math.round((ctx.clock().getTime() - started) / 10) / 100 };
  } finally {
    ledger.close();
  }
}

async function importAll(
  run: ImportRun,
  batches: AsyncIterable<LegacyBundle[]>,
  { dryRun = false, signal }: ImportOptions,
  report: (units: readonly ImportUnit[]) => Promise<void>,
): Promise<void> {
  const underWay: Promise<ImportUnit[]>[] = [];
  const reportFirst = async () => report((await underWay.shift()) ?? []);
  // The first goes alone: a cold database then plans each statement once, and not once for each of several. Of
  // relations that close a cycle the first stays, so one batch of them follows the other.
  let isFirst = true;
  try {
    for await (const bundles of batches) {
      signal?.throwIfAborted();
      const units = await prepareBatch(run, bundles);
      const write = finishBatch(run, units, dryRun);
      // A failure is met where the result is awaited, which may be after the next batch was read.
      write.catch(() => undefined);
      underWay.push(write);
      const isAlone = dryRun || isFirst || bundles[0]?.kind === 'relation';
      if (isAlone || underWay.length >= writesInFlight) await reportFirst();
      isFirst = false;
    }
    while (underWay.length > 0) await reportFirst();
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** Writes what is planned, or in a dry run tells what would be written. @returns the units, each with its result */
async function finishBatch(
  { ctx, ledger, reader }: ImportRun,
  units: ImportUnit[],
  dryRun: boolean,
): Promise<ImportUnit[]> {
  const planned = units.filter(isPlanned);
  if (dryRun) await predictBatch(ctx, planned, ledger);
  else {
    if (planned.length > 0) await ctx.content.flush();
    await writeBatch(ctx, planned, reader);
    await rememberFailures(ctx, units);
  }
  return units;
}
