import { recordOrPutAgain } from '../../content/record-contents.js';
import type { Context } from '../../context.js';
import { Conflict, NotFound, Unavailable } from '../../errors.js';
import { provenanceKey } from '../../model/keys.js';
import { readMedia } from '../media/read-media.js';
import type { MediaReader } from '../media/media-reader.js';
import { bundleKey, type BundleName, type OldBundle } from '../source/legacy-bundle.js';
import type { ImportPlan } from '../plan/import-plan.js';
import { artifactsOf, findExisting, type Existing } from './find-existing.js';
import type { Ledger } from './ledger.js';
import { madeBy, reconcile } from './reconcile.js';
import { rememberImports } from './remember-imports.js';
import {
  leftOut,
  resultOf,
  writePlans,
  type ToWrite,
  type WriteResult,
  type WriteResults,
} from './write-plans.js';

/** A plan with the rows that it was made from. */
export interface BundleToWrite extends ToWrite {
  bundle: OldBundle;
}

/**
 * Writes plans in one transaction. When it is refused, each half is tried alone, down to the single plan that is the
 * cause: that one fails alone and is remembered as failed.
 * @throws Unavailable
 */
export async function writeBatch(
  ctx: Context,
  batch: readonly BundleToWrite[],
  source: string,
  reader: MediaReader,
): Promise<WriteResults> {
  const [first] = batch;
  if (!first) return new Map();
  try {
    return await recordOrPutAgain(
      () => writePlans(ctx, batch, source),
      async () => {
        await readMedia(
          batch.map(({ bundle }) => bundle),
          reader,
        );
        await ctx.content.flush();
      },
    );
  } catch (error) {
    if (error instanceof Unavailable || !(error instanceof Error)) throw error;
    const { key, digest } = first.plan;
    if (batch.length === 1) {
      ctx.log.warn({ err: error, key }, 'the graph refused an old row');
      // A story that was imported before stays so: only its completion failed.
      if (!first.completes)
        await noteFailure(ctx, { bundle: first.bundle, digest, reason: error.message }, source);
      return new Map([[key, { outcome: 'failed', reason: error.message }]]);
    }
    const middle = batch.length >> 1;
    const before = await writeBatch(ctx, batch.slice(0, middle), source, reader);
    return new Map([...before, ...(await writeBatch(ctx, batch.slice(middle), source, reader))]);
  }
}

/**
 * Remembers that an old row could not be imported, and why; an import that succeeds later replaces the record. Relations
 * are not remembered: every import tries them again, since it may have brought their ends.
 */
export async function noteFailure(
  ctx: Context,
  { bundle, digest, reason }: { bundle: BundleName; digest: string; reason: string },
  source: string,
): Promise<void> {
  const { kind, id: sourceId, rowName } = bundle;
  if (kind === 'relation') return;
  const row = { key: bundleKey(bundle), kind, sourceId, rowName, digest, outcome: 'failed' as const, reason };
  const at = ctx.clock().getTime();
  await ctx.db.write((tx) => rememberImports(tx, [{ ...row, at, actor: ctx.actor, source }]));
}

/** What `writeBatch` would answer, with nothing written. Earlier batches of the same dry run are in the ledger. */
export async function predictBatch(
  ctx: Context,
  batch: readonly ToWrite[],
  ledger: Ledger,
): Promise<WriteResults> {
  const plans = batch.map(({ plan }) => plan);
  const existing = await findExisting(ctx.db, plans);
  const planned = (id: string) => `planned ${id}`;
  const ids = plans.flatMap((plan) => [...artifactsOf(plan), ...plan.runs.map(({ id }) => id)]);
  const before = ledger.among(ids.map(planned));
  for (const { artifacts, runs } of plans) {
    for (const artifact of artifacts)
      if (before.has(planned(artifact.id))) existing.artifacts.set(artifact.id, artifact);
    for (const { id } of runs) if (before.has(planned(id))) existing.runs.add(id);
  }
  const isKnown = (id: string) => existing.artifacts.has(id) || before.has(planned(id));
  const results = plans.map((plan) => [plan.key, predict(plan, existing, isKnown, ledger)] as const);
  ledger.add(plans.flatMap(({ artifacts, runs }) => [...artifacts, ...runs].map(({ id }) => planned(id))));
  return new Map(results);
}

function predict(
  plan: ImportPlan,
  existing: Existing,
  isKnown: (id: string) => boolean,
  ledger: Ledger,
): WriteResult {
  const wasThere = new Set(existing.artifacts.keys());
  const remainder = reconcile(plan, existing);
  const late = remainder.lateRelations.filter((relation) => {
    if (plan.kind !== 'relation') return !wasThere.has(relation.sourceId);
    const missing = [relation.productId, relation.sourceId].find((id) => !isKnown(id));
    if (missing !== undefined) remainder.problems.push(leftOut(new NotFound('artifact', missing)));
    else if (ledger.add([`edge ${provenanceKey(relation)}`]).size > 0) return true;
    else remainder.problems.push(leftOut(new Conflict('the same relation is there already', 'duplicate')));
    return false;
  });
  return resultOf(plan, madeBy(remainder, late, existing));
}
