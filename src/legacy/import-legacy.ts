import type { Context } from '../context.js';
import { looseBundles, relationBundles, storyBundles } from './source/assemble-bundles.js';
import { ImportTally, type ImportSummary } from './import-report.js';
import type { ImportOptions, ImportRun } from './import-run.js';
import { isPlanned, type ImportUnit } from './import-unit.js';
import type { LegacyBundle } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { Ledger } from './write/ledger.js';
import { mediaReader } from './media/media-reader.js';
import { predictBatch } from './write/predict-batch.js';
import { prepareBatch } from './prepare-batch.js';
import { rememberFailures, writeBatch } from './write/write-batch.js';

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
  const ledger = Ledger.open();
  try {
    const run: ImportRun = {
      ctx,
      tables,
      options,
      ledger,
      reader: mediaReader(ctx, tables, options),
      tally: new ImportTally(tables.name, options.dryRun ?? false, ledger),
    };
    const total = await tables.count('stories');
    const size = options.batch ?? 250;
    await importAll(run, storyBundles(tables, size), total);
    await importAll(run, looseBundles(tables, size, ledger), total);
    await importAll(run, relationBundles(tables, size, ledger), total);
    return { ...run.tally.summary, seconds: Math.round((ctx.clock().getTime() - started) / 10) / 100 };
  } finally {
    ledger.close();
  }
}

async function importAll(
  run: ImportRun,
  batches: AsyncIterable<LegacyBundle[]>,
  total: number,
): Promise<void> {
  const { options, tally } = run;
  const underWay: Promise<ImportUnit[]>[] = [];
  const report = async (units: readonly ImportUnit[] = []) => {
    for (const unit of units) {
      const told = tally.count(unit);
      await options.onReport?.(told);
    }
    options.onProgress?.({ done: tally.summary.total, total, others: tally.summary.others.total });
  };
  try {
    for await (const bundles of batches) {
      options.signal?.throwIfAborted();
      const units = await prepareBatch(run, bundles);
      const write = settleBatch(run, units);
      // A failure is met where the result is awaited, which may be after the next batch was read.
      write.catch(() => undefined);
      underWay.push(write);
      // The first goes alone: a cold database then plans each statement once, and not once for each of several. Of
      // relations that close a cycle the first stays, so one batch of them follows the other.
      const alone = options.dryRun || tally.summary.total === 0 || bundles[0]?.kind === 'relation';
      if (alone || underWay.length >= writesInFlight) await report(await underWay.shift());
    }
    while (underWay.length > 0) await report(await underWay.shift());
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** Writes what is planned, or in a dry run tells what would be written. @returns the units, each with its result */
async function settleBatch(
  { ctx, options, ledger, reader }: ImportRun,
  units: ImportUnit[],
): Promise<ImportUnit[]> {
  const planned = units.filter(isPlanned);
  if (options.dryRun) await predictBatch(ctx, planned, ledger);
  else {
    if (planned.length > 0) await ctx.content.flush();
    await writeBatch(ctx, planned, reader);
    await rememberFailures(ctx, units);
  }
  return units;
}
