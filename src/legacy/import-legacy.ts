import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { VerifiedBytes } from '../content/content-store.js';
import { putWhole } from '../content/register-content.js';
import type { Context } from '../context.js';
import { InvalidInput } from '../errors.js';
import { reasonOf } from './source/file-trouble.js';
import { looseBundles, storyBundles } from './source/assemble-bundles.js';
import { importRelations } from './import-relations.js';
import type { ImportSummary, LooseReport, StoryReport } from './import-report.js';
import { ImportTally } from './import-tally.js';
import type { ImportOptions, ImportRun } from './import-run.js';
import type { LegacyBundle } from './source/legacy-bundle.js';
import type { LegacyTables } from './source/legacy-tables.js';
import { Ledger } from './write/ledger.js';
import type { MediaRoots } from './media/media-path.js';
import { prepareBatch, type Prepared } from './prepare-batch.js';
import type { MediaReader } from './media/resolve-media.js';
import { noteFailure, predictBatch, writeBatch, type WriteResult } from './write/write-batch.js';

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
      reader: mediaReader(ctx, mediaRoots(tables, options), options),
      tally: new ImportTally(tables.name, options.dryRun ?? false, ledger, () => ctx.clock().getTime()),
    };
    const total = await tables.count('stories');
    const size = options.batch ?? 250;
    await importAll(run, storyBundles(tables, size), total);
    await importAll(run, looseBundles(tables, size, ledger), total);
    await importRelations(run);
    return run.tally.finished();
  } finally {
    ledger.close();
  }
}

/** @throws InvalidInput when a folder that was named is none */
export function mediaRoots(
  tables: LegacyTables,
  { mediaRoot, pathMaps = [] }: Pick<ImportOptions, 'mediaRoot' | 'pathMaps'>,
): MediaRoots {
  const wanted = mediaRoot ?? (tables.folder === null ? null : join(tables.folder, 'data'));
  const why = wanted === null ? notAFolder : whyNoFolder(wanted);
  if (why !== null && (mediaRoot !== undefined || why !== notAFolder)) {
    throw new InvalidInput(`the media root ${wanted} ${why}`, [{ path: 'media-root', message: why }]);
  }
  if (wanted === null || why !== null) return { root: null, pathMaps: [] };
  const root = realpathSync(wanted);
  // Paths in the database may name the folder by the link that leads to it.
  return { root, pathMaps: [...pathMaps, { from: resolve(wanted), to: root }] };
}

const notAFolder = 'is not a folder';

function whyNoFolder(path: string): string | null {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return notAFolder;
    accessSync(path, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}`;
  }
}

function mediaReader(
  { content }: Context,
  roots: MediaRoots,
  { dryRun, maxFileBytes }: ImportOptions,
): MediaReader {
  const keep = async (bytes: VerifiedBytes) => void (await putWhole(content, bytes));
  return {
    roots,
    maxBytes: maxFileBytes ?? 1 << 30,
    scratchDir: content.scratchDir,
    keep: dryRun ? () => Promise.resolve() : keep,
  };
}

interface WrittenBatch {
  prepared: Prepared[];
  results: Map<string, WriteResult>;
}

async function importAll(
  run: ImportRun,
  batches: AsyncIterable<LegacyBundle[]>,
  total: number,
): Promise<void> {
  const { ctx, options, ledger, reader, tally } = run;
  const underWay: Promise<WrittenBatch>[] = [];
  const report = async (written: Promise<WrittenBatch> | undefined) => {
    if (!written) return;
    await reportBatch(run, await written);
    options.onProgress?.({ done: tally.summary.total, total, others: tally.summary.others.total });
  };
  try {
    for await (const bundles of batches) {
      options.signal?.throwIfAborted();
      const prepared = await prepareBatch(ctx, bundles, {
        reader,
        ledger,
        retryFailed: options.retryFailed ?? false,
      });
      const write = settleBatch(run, prepared);
      // A failure is met where the result is awaited, which may be after the next batch was read.
      write.catch(() => undefined);
      underWay.push(write);
      // The first goes alone: a cold database then plans each statement once, and not once for each of several.
      const alone = options.dryRun || tally.summary.total === 0;
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
  if (options.dryRun) return { prepared, results: byKey(await predictBatch(ctx, toWrite, ledger)) };
  if (toWrite.length > 0) await ctx.content.flush();
  for (const one of prepared) if (one.step === 'fail' && one.isNew) await noteFailure(ctx, one, tables.name);
  return { prepared, results: byKey(await writeBatch(ctx, toWrite, tables.name, reader)) };
}

const byKey = (results: WriteResult[]) => new Map(results.map((result) => [result.key, result]));

async function reportBatch(
  { tally, options }: ImportRun,
  { prepared, results }: WrittenBatch,
): Promise<void> {
  for (const one of prepared) {
    const result = one.step === 'write' ? results.get(one.plan.key) : undefined;
    if (result) tally.countMade(result);
    const facts = describe(one, result);
    const { kind, id, rowName } = one.bundle;
    if (kind === 'story') {
      const report: StoryReport = { story_id: id ?? `row ${rowName}`, ...facts };
      tally.countStory(report);
      await options.onStory?.(report);
    } else {
      const report: LooseReport = { kind, id: id ?? `row ${rowName}`, ...facts };
      tally.countOther(report);
      await options.onOther?.(report);
    }
  }
}

function describe(one: Prepared, result: WriteResult | undefined): Omit<StoryReport, 'story_id'> {
  if (one.step === 'skip') return { outcome: 'skipped', reason: one.reason, files: [] };
  if (one.step === 'fail') return { outcome: 'failed', reason: one.reason, files: [] };
  const { files } = one.plan;
  if (!result || result.outcome === 'failed') {
    return { outcome: 'failed', reason: result?.reason ?? 'it was not written', files };
  }
  if (result.outcome === 'already')
    return { outcome: 'skipped', reason: result.reason ?? 'nothing was to be done', files: [] };
  const changed = result.artifacts + result.links + result.relations + result.runs > 0 || !one.completes;
  if (!changed)
    return { outcome: 'skipped', reason: 'it was imported before; what was missing then still is', files };
  return { outcome: 'imported', ...(result.problems.length > 0 ? { problems: result.problems } : {}), files };
}
