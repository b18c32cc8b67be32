import { recordOrPutAgain } from '../../content/record-contents.js';
import type { Context } from '../../context.js';
import { Unavailable } from '../../errors.js';
import { contentsOf, findExisting } from './find-existing.js';
import type { ImportPlan } from '../plan/import-plan.js';
import { bundleKey, type LegacyBundle } from '../source/legacy-bundle.js';
import type { Ledger } from './ledger.js';
import { readMedia } from '../media/read-media.js';
import { reconcile } from './reconcile.js';
import { rememberImports } from './remember-imports.js';
import type { MediaReader } from '../media/resolve-media.js';
import { writePlans, type WriteOptions, type Written } from './write-plans.js';

/** What became of a plan: what it made, or why it was refused. */
export type WriteResult = Written | { key: string; outcome: 'failed'; reason: string };

/** `completes`: what was missing when the bundle was imported before is added. */
export interface ToWrite {
  bundle: LegacyBundle;
  plan: ImportPlan;
  completes: boolean;
}

/**
 * Writes plans in one transaction. When it is refused, each half is tried alone, down to the single plan that is the
 * cause: that one fails alone and is remembered as failed.
 * @throws Unavailable
 */
export async function writeBatch(
  ctx: Context,
  batch: readonly ToWrite[],
  source: string,
  reader: MediaReader,
): Promise<WriteResult[]> {
  const [completing, fresh] = [
    batch.filter(({ completes }) => completes),
    batch.filter(({ completes }) => !completes),
  ];
  return [
    ...(await writeHalving(ctx, fresh, { source, completes: false, reader })),
    ...(await writeHalving(ctx, completing, { source, completes: true, reader })),
  ];
}

async function writeHalving(
  ctx: Context,
  batch: readonly ToWrite[],
  options: WriteOptions & { reader: MediaReader },
): Promise<WriteResult[]> {
  const [first] = batch;
  if (!first) return [];
  try {
    const plans = batch.map(({ plan }) => plan);
    return await recordOrPutAgain(
      () => writePlans(ctx, plans, options),
      async () => {
        await readMedia(
          batch.map(({ bundle }) => bundle),
          options.reader,
        );
        await ctx.content.flush();
      },
    );
  } catch (error) {
    if (error instanceof Unavailable || !(error instanceof Error)) throw error;
    if (batch.length === 1) return [await failAlone(ctx, first, error, options)];
    const middle = batch.length >> 1;
    return [
      ...(await writeHalving(ctx, batch.slice(0, middle), options)),
      ...(await writeHalving(ctx, batch.slice(middle), options)),
    ];
  }
}

async function failAlone(
  ctx: Context,
  { bundle, plan }: ToWrite,
  error: Error,
  { source, completes }: WriteOptions,
): Promise<WriteResult> {
  ctx.log.warn({ err: error, key: plan.key }, 'the graph refused an old row');
  // A story that was imported before stays so: only its completion failed.
  if (!completes) await noteFailure(ctx, { bundle, digest: plan.digest, reason: error.message }, source);
  return { key: plan.key, outcome: 'failed', reason: error.message };
}

/** Remembers that an old row could not be imported, and why; an import that succeeds later replaces the record. */
export async function noteFailure(
  ctx: Context,
  { bundle, digest, reason }: { bundle: LegacyBundle; digest: string; reason: string },
  source: string,
): Promise<void> {
  const { kind, id: sourceId, rowName } = bundle;
  const said = {
    at: ctx.clock().getTime(),
    actor: ctx.actor,
    source,
    outcome: 'failed' as const,
    digest,
    reason,
  };
  await ctx.db.write((tx) =>
    rememberImports(tx, [{ ...said, key: bundleKey(bundle), kind, sourceId, rowName }]),
  );
}

/** What `writeBatch` would answer, with nothing written. Earlier batches of the same dry run are in the ledger. */
export async function predictBatch(
  ctx: Context,
  batch: readonly ToWrite[],
  ledger: Ledger,
): Promise<WriteResult[]> {
  const plans = batch.map(({ plan }) => plan);
  const existing = await findExisting(ctx.db, plans);
  const planned = ledger.among(
    plans.flatMap(({ artifacts, runs }) => [...artifacts, ...runs].map(({ id }) => `planned ${id}`)),
  );
  for (const { artifacts, runs } of plans) {
    for (const artifact of artifacts)
      if (planned.has(`planned ${artifact.id}`)) existing.artifacts.set(artifact.id, artifact);
    for (const { id } of runs) if (planned.has(`planned ${id}`)) existing.runs.add(id);
  }
  const results = plans.map((plan) => predict(plan, existing));
  ledger.add(
    plans.flatMap(({ artifacts, runs }) => [...artifacts, ...runs].map(({ id }) => `planned ${id}`)),
  );
  return results;
}

function predict(plan: ImportPlan, existing: Parameters<typeof reconcile>[1]): Written {
  const wasThere = new Set(existing.artifacts.keys());
  const remainder = reconcile(plan, existing);
  const late = remainder.lateRelations.filter(({ sourceId }) => !wasThere.has(sourceId));
  return {
    key: plan.key,
    outcome: 'imported',
    artifacts: remainder.artifacts.length,
    links: remainder.links.length,
    relations: remainder.relations.length + late.length,
    runs: remainder.runs.length,
    newContents: [...contentsOf([remainder]).keys()].filter((digest) => !existing.contents.has(digest)),
    problems: remainder.problems,
  };
}
