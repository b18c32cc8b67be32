import type { Context } from '../context.js';
import { looseBundles, relationBundles, storyBundles } from './source/assemble-bundles.js';
import { ImportTally, type ImportSummary, type RowReport } from './import-report.js';
import type { ImportOptions, ImportRun } from './import-run.js';
import type { LegacyBundle } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { Ledger } from './write/ledger.js';
import { mediaReader } from './media/media-reader.js';
import { prepareBatch, type Prepared } from './prepare-batch.js';
import { noteFailure, predictBatch, writeBatch } from './write/write-batch.js';
import type { WriteResult, WriteResults } from './write/write-plans.js';

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
  const ledger = Ledger.open();
  try {
    const run: ImportRun = {
      ctx,
      tables,
      options,
      ledger,
      reader: mediaReader(ctx, tables, options),
      tally: new ImportTally({ source: tables.name, dry_run: options.dryRun ?? false }, ledger, () =>
        ctx.clock().getTime(),
      ),
    };
    const total = await tables.count('stories');
    const size = options.batch ?? 250;
    await importAll(run, storyBundles(tables, size), total);
    await importAll(run, looseBundles(tables, size, ledger), total);
    await importAll(run, relationBundles(tables, size, ledger), total);
    return run.tally.finished();
  } finally {
    ledger.close();
  }
}

interface WrittenBatch {
  prepared: Prepared[];
  results: WriteResults;
}

async function importAll(
  run: ImportRun,
  batches: AsyncIterable<LegacyBundle[]>,
  total: number,
): Promise<void> {
  const { ctx, options, tally } = run;
  const underWay: Promise<WrittenBatch>[] = [];
  const report = async (written: Promise<WrittenBatch> | undefined) => {
    if (!written) return;
    await reportBatch(run, await written);
    options.onProgress?.({ done: tally.summary.total, total, others: tally.summary.others.total });
  };
  try {
    for await (const bundles of batches) {
      options.signal?.throwIfAborted();
      const prepared = await prepareBatch(ctx, bundles, run);
      const write = settleBatch(run, prepared);
      // A failure is met where the result is awaited, which may be after the next batch was read.
      write.catch(() => undefined);
      underWay.push(write);
      // The first goes alone: a cold database then plans each statement once, and not once for each of several. Of
      // relations that close a cycle the first stays, so one batch of them follows the other.
      const alone = options.dryRun || tally.summary.total === 0 || bundles[0]?.kind === 'relation';
      if (alone || underWay.length >= writesInFlight) await report(underWay.shift());
    }
    while (underWay.length > 0) await report(underWay.shift());
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function settleBatch(
  { ctx, tables, options, ledger, reader }: ImportRun,
  prepared: Prepared[],
): Promise<WrittenBatch> {
  const toWrite = prepared.filter((one) => one.step === 'write');
  if (options.dryRun) return { prepared, results: await predictBatch(ctx, toWrite, ledger) };
  if (toWrite.length > 0) await ctx.content.flush();
  for (const one of prepared) if (one.step === 'fail' && one.isNew) await noteFailure(ctx, one, tables.name);
  return { prepared, results: await writeBatch(ctx, toWrite, tables.name, reader) };
}

async function reportBatch(
  { tally, options }: ImportRun,
  { prepared, results }: WrittenBatch,
): Promise<void> {
  for (const one of prepared) {
    const result = one.step === 'write' ? results.get(one.plan.key) : undefined;
    if (result?.outcome === 'imported') tally.countMade(result.made);
    const { kind, id: oldId, rowName } = one.bundle;
    const id = oldId ?? `row ${rowName}`;
    const facts = describe(one, result);
    const report: RowReport = kind === 'story' ? { story_id: id, ...facts } : { kind, id, ...facts };
    tally.count(report);
    await options.onReport?.(report);
  }
}

function describe(
  one: Prepared,
  result: WriteResult | undefined,
): Pick<RowReport, 'outcome' | 'reason' | 'problems' | 'files'> {
  if (one.step === 'skip') return { outcome: 'skipped', reason: one.reason, files: [] };
  if (one.step === 'fail') return { outcome: 'failed', reason: one.reason, files: [] };
  const { files } = one.plan;
  if (result?.outcome === 'skipped') return { ...result, files: [] };
  if (result?.outcome !== 'imported')
    return { outcome: 'failed', reason: result?.reason ?? 'it was not written', files };
  const { problems, artifactIds, linkKeys, relationKeys, runIds } = result.made;
  if (one.completes && [artifactIds, linkKeys, relationKeys, runIds].every((made) => made.length === 0))
    return { outcome: 'skipped', reason: 'it was imported before; what was missing then still is', files };
  return { outcome: 'imported', ...(problems.length > 0 ? { problems } : {}), files };
}
