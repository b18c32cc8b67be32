import { z } from 'zod';
import { insertRelations } from '../../artifacts/relate-artifacts.js';
import { writeArtifacts } from '../../artifacts/write-artifacts.js';
import { recordContents } from '../../content/record-contents.js';
import { recordEvents } from '../../audit/record-events.js';
import type { Context } from '../../context.js';
import { uncheckedAsColumns } from '../../db/columns.js';
import { lockAll } from '../../db/locks.js';
import { statement } from '../../db/statement.js';
import type { Transaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import type { Relation } from '../../model/relation.js';
import { writeCurrentRuns, writeRunArtifacts, writeRuns, writeSteps } from '../../runs/write-runs.js';
import { writeLinks, writeStories } from '../../stories/write-stories.js';
import type { ImportPlan } from '../plan/import-plan.js';
import { contentsOf, findExisting } from './find-existing.js';
import { madeBy, reconcile, type Remainder } from './reconcile.js';
import { erasedReason, findErased, rememberImports, troubledFiles, type Made } from './remember-imports.js';

const addStoryFields = statement('legacy/add-story-fields.cypher', {
  params: z.object({ rows: uncheckedAsColumns }),
  row: z.never(),
});

/** `completes`: the bundle was imported before, and what was missing then is to be added. */
export interface ToWrite {
  plan: ImportPlan;
  completes: boolean;
}

/** What became of a plan: what it made, or why nothing was. */
export type WriteResult =
  { outcome: 'imported'; made: Made } | { outcome: 'skipped' | 'failed'; reason: string };

/** By the keys of the plans. */
export type WriteResults = Map<string, WriteResult>;

/**
 * Writes plans in one transaction, with the record of each. What is in the graph already is left as it is.
 * @param source the old database's name, for the records
 * @throws Conflict when one of them is refused; then none is written
 * @throws Unavailable
 */
export async function writePlans(
  ctx: Context,
  batch: readonly ToWrite[],
  source: string,
): Promise<WriteResults> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.write((tx) => writeWithin(ctx, tx, batch, source));
    } catch (error) {
      // Somebody made the same thing between our look and our commit: the next look will find it.
      if (!(error instanceof Conflict && error.code === 'duplicate') || attempt === 3) throw error;
    }
  }
}

async function writeWithin(
  ctx: Context,
  tx: Transaction,
  batch: readonly ToWrite[],
  source: string,
): Promise<WriteResults> {
  const plans = batch.map(({ plan }) => plan);
  let existing = await findExisting(tx, plans);
  let erased: ReadonlySet<string> = new Set();
  if (existing.stories.size > 0) {
    await lockAll(tx, [{ stories: [...existing.stories.keys()] }]);
    existing = await findExisting(tx, plans);
    erased = await findErased(tx, [...existing.stories.keys()]);
  }
  const results: WriteResults = new Map();
  const remainders = batch.flatMap(({ plan, completes }) => {
    const done = existing.imports.get(plan.key);
    const isDone = !completes && done?.outcome === 'imported' && done.digest === plan.digest;
    const isErased = plan.story !== null && erased.has(plan.id);
    if (!isDone && !isErased) return [reconcile(plan, existing)];
    results.set(plan.key, {
      outcome: 'skipped',
      reason: isErased ? erasedReason : 'another import was quicker',
    });
    return [];
  });
  await writeRemainders(ctx, tx, remainders);
  const late = await writeLateRelations(tx, remainders);
  const written = remainders.map((remainder) => ({
    remainder,
    made: madeBy(remainder, late(remainder), existing),
  }));
  for (const { remainder, made } of written) results.set(remainder.plan.key, resultOf(remainder.plan, made));
  await remember(
    ctx,
    tx,
    written.filter(({ remainder }) => results.get(remainder.plan.key)?.outcome === 'imported'),
    source,
  );
  return results;
}

/** A relation that is a bundle of its own stands or falls with what it makes. */
export function resultOf({ kind }: ImportPlan, made: Made): WriteResult {
  if (kind === 'relation' && made.relationKeys.length === 0)
    return { outcome: 'failed', reason: made.problems.at(-1) ?? 'it was left out' };
  return { outcome: 'imported', made };
}

/** Everything that stands on its own; late relations and records come after it. */
async function writeRemainders(
  ctx: Context,
  tx: Transaction,
  remainders: readonly Remainder[],
): Promise<void> {
  const store = ctx.content.kind;
  const storedAt = ctx.clock().getTime();
  const contents = [...contentsOf(remainders).values()].map((content) => ({ ...content, store, storedAt }));
  const newStories = remainders.flatMap(({ plan, addedFields }) =>
    plan.story && addedFields === null ? [plan.story] : [],
  );
  const fields = remainders.flatMap(addedFieldsRow);
  const currentRuns = remainders.flatMap((one) => one.runs.filter(({ id }) => id === one.currentRunId));
  const runs = remainders.flatMap((one) => one.runs);
  const steps = remainders.flatMap((one) => one.steps);
  const artifacts = remainders.flatMap((one) => one.artifacts);
  const relations = remainders.flatMap((one) => one.relations);
  const links = remainders.flatMap((one) => one.links);
  const records = remainders.flatMap((one) => one.records);
  await Promise.all([
    writeStories(tx, newStories),
    fields.length > 0 ? tx.exec(addStoryFields, { rows: fields }) : null,
    writeRuns(tx, runs),
    writeCurrentRuns(tx, currentRuns),
    writeSteps(tx, steps),
    // As late as possible: whoever shares one of these contents waits from here to our commit.
    recordContents(tx, ctx.content, contents),
    writeArtifacts(tx, ctx.content, { artifacts, relations }),
    writeLinks(tx, links),
    writeRunArtifacts(tx, records),
  ]);
}

/** The legacy fields of a new story, or those that a story lacks. */
function addedFieldsRow({ plan, addedFields }: Remainder): object[] {
  const { safetyScore = null, ...fields } = addedFields ?? plan.story?.fields ?? {};
  return safetyScore === null && Object.keys(fields).length === 0
    ? []
    : [{ id: plan.id, safetyScore, fields }];
}

/** Relations of products that were there before, by the way of all such relations. @returns those that were made */
async function writeLateRelations(
  tx: Transaction,
  remainders: readonly Remainder[],
): Promise<(remainder: Remainder) => Relation[]> {
  const late = remainders.flatMap(({ lateRelations }) => lateRelations);
  if (late.length === 0) return () => [];
  const locked = await lockAll(tx, [
    { artifacts: late.flatMap(({ productId, sourceId }) => [productId, sourceId]) },
  ]);
  const refusals = await insertRelations(tx, late, locked);
  const refusalOf = new Map(late.map((relation, position) => [relation, refusals[position] ?? null]));
  for (const { plan, lateRelations, problems } of remainders) {
    for (const relation of lateRelations) {
      const refusal = refusalOf.get(relation);
      if (refusal && (plan.kind === 'relation' || refusal.code !== 'duplicate'))
        problems.push(leftOut(refusal));
    }
  }
  return ({ lateRelations }) => lateRelations.filter((relation) => refusalOf.get(relation) === null);
}

export const leftOut = ({ message }: Error) => `a relation is left out: ${message}`;

async function remember(
  ctx: Context,
  tx: Transaction,
  written: readonly { remainder: Remainder; made: Made }[],
  source: string,
): Promise<void> {
  const at = ctx.clock().getTime();
  const records = written.map(({ remainder: { plan, addedFields }, made }) => ({
    ...made,
    at,
    actor: ctx.actor,
    source,
    key: plan.key,
    kind: plan.kind,
    sourceId: plan.id,
    rowName: plan.rowName,
    digest: plan.digest,
    outcome: 'imported' as const,
    madeStory: plan.story !== null && addedFields === null,
    addedFields: Object.keys(addedFields ?? {}),
    files: troubledFiles(plan.files),
  }));
  const events = written.flatMap(({ remainder: { plan } }) => eventOf(plan) ?? []);
  await Promise.all([
    rememberImports(tx, records),
    recordEvents(
      tx,
      events.map((node) => ({
        actor: ctx.actor,
        action: 'legacy.imported',
        ...node,
        before: null,
        after: null,
      })),
    ),
  ]);
}

/** The node that an import's audit event is about; a relation has none. */
function eventOf({ kind, id, runs }: ImportPlan) {
  switch (kind) {
    case 'story':
      return { nodeLabel: 'Story' as const, nodeId: id };
    case 'artifact':
      return { nodeLabel: 'Artifact' as const, nodeId: id };
    case 'session':
      return { nodeLabel: 'Run' as const, nodeId: runs[0]?.id ?? id };
    case 'run':
      return { nodeLabel: 'Run' as const, nodeId: id };
    case 'relation':
      return null;
  }
}
