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
import { writeCurrentRuns, writeRunArtifacts, writeRuns, writeSteps } from '../../runs/write-runs.js';
import { writeLinks, writeStories } from '../../stories/write-stories.js';
import { completes, type PlannedUnit } from './import-unit.js';
import { contentsOf, findExisting, reconcile, resultOf, noteLate, type Remainder } from './reconcile.js';
import { erasedReason, recall, rememberImports, troubledFiles } from './remember-imports.js';

const addStoryFields = statement('legacy/add-story-fields.cypher', {
  params: z.object({ rows: uncheckedAsColumns }),
  row: z.never(),
});

/**
 * Writes units in one transaction, with the record of each, and gives each its result. What is in the graph already is
 * left as it is.
 * @throws Conflict when one of them is refused; then none is written
 * @throws Unavailable
 */
export async function writePlans(ctx: Context, units: readonly PlannedUnit[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.write((tx) => writeWithin(ctx, tx, units));
    } catch (error) {
      // Somebody made the same thing between our look and our commit: the next look will find it.
      if (!(error instanceof Conflict && error.code === 'duplicate') || attempt === 3) throw error;
    }
  }
}

async function writeWithin(ctx: Context, tx: Transaction, units: readonly PlannedUnit[]): Promise<void> {
  const plans = units.map(({ plan }) => plan);
  let existing = await findExisting(tx, plans);
  if (existing.stories.size > 0) {
    await lockAll(tx, [{ stories: [...existing.stories.keys()] }]);
    existing = await findExisting(tx, plans);
  }
  const { recordOf, isErased } = await recall(
    tx,
    units.map(({ bundle }) => bundle),
  );
  const remainders = units.flatMap((unit) => {
    const { bundle, plan, digest } = unit;
    const done = recordOf(bundle);
    const isDone = !completes(unit) && done?.outcome === 'imported' && done.digest === digest;
    if (!isDone && !isErased(bundle)) return [{ unit, ...reconcile(plan, existing) }];
    unit.result = {
      outcome: 'skipped',
      reason: isErased(bundle) ? erasedReason : 'another import was quicker',
    };
    return [];
  });
  await writeRemainders(ctx, tx, remainders);
  await writeLateRelations(tx, remainders);
  for (const remainder of remainders) remainder.unit.result = resultOf(remainder, existing);
  await remember(ctx, tx, remainders);
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
  const newStories = remainders.flatMap(({ plan, addedFields }) => (addedFields ? [] : (plan.story ?? [])));
  const fields = remainders.flatMap(addedFieldsRow);
  const runs = remainders.flatMap((one) => one.runs);
  const currentRuns = remainders.flatMap((one) => one.runs.filter(({ id }) => id === one.currentRunId));
  const artifacts = remainders.flatMap((one) => one.artifacts);
  const relations = remainders.flatMap((one) => one.relations);
  await Promise.all([
    writeStories(tx, newStories),
    fields.length > 0 ? tx.exec(addStoryFields, { rows: fields }) : null,
    writeRuns(tx, runs),
    writeCurrentRuns(tx, currentRuns),
    writeSteps(
      tx,
      remainders.flatMap(({ steps }) => steps),
    ),
    // As late as possible: whoever shares one of these contents waits from here to our commit.
    recordContents(tx, ctx.content, contents),
    writeArtifacts(tx, ctx.content, { artifacts, relations }),
    writeLinks(
      tx,
      remainders.flatMap(({ links }) => links),
    ),
    writeRunArtifacts(
      tx,
      remainders.flatMap(({ records }) => records),
    ),
  ]);
}

/** The legacy fields of a new story, or those that a story lacks. */
function addedFieldsRow({ plan, addedFields }: Remainder): object[] {
  const { safetyScore = null, ...fields } = addedFields ?? plan.story?.fields ?? {};
  return safetyScore === null && Object.keys(fields).length === 0
    ? []
    : [{ id: plan.id, safetyScore, fields }];
}

/** Relations of products that were there before, by the way of all such relations. */
async function writeLateRelations(tx: Transaction, remainders: readonly Remainder[]): Promise<void> {
  const late = remainders.flatMap((remainder) =>
    remainder.lateRelations.map((relation) => ({ remainder, relation })),
  );
  if (late.length === 0) return;
  const relations = late.map(({ relation }) => relation);
  const artifacts = relations.flatMap(({ productId, sourceId }) => [productId, sourceId]);
  const refusals = await insertRelations(tx, relations, await lockAll(tx, [{ artifacts }]));
  for (const [position, { remainder, relation }] of late.entries())
    noteLate(remainder, relation, refusals[position] ?? null);
}

async function remember(
  ctx: Context,
  tx: Transaction,
  remainders: readonly (Remainder & { unit: PlannedUnit })[],
): Promise<void> {
  const imported = remainders.flatMap((remainder) => {
    const { result, bundle, digest } = remainder.unit;
    return result?.outcome === 'imported' ? [{ ...remainder, bundle, digest, made: result.made }] : [];
  });
  const records = imported.map(({ bundle, digest, plan, addedFields, made }) => ({
    ...made,
    bundle: { ...bundle, id: plan.id },
    digest,
    outcome: 'imported' as const,
    madeStory: plan.story !== null && addedFields === null,
    addedFields: Object.keys(addedFields ?? {}),
    files: troubledFiles(plan.files),
  }));
  const action = { actor: ctx.actor, action: 'legacy.imported', before: null, after: null };
  const events = imported.flatMap(({ plan: { kind, id, runs } }) => {
    const nodeLabel = nodeLabels[kind];
    const nodeId = kind === 'session' ? (runs[0]?.id ?? id) : id;
    return nodeLabel ? [{ ...action, nodeLabel, nodeId }] : [];
  });
  await Promise.all([rememberImports(ctx, tx, records), recordEvents(tx, events)]);
}

/** The node that an import's audit event is about; a relation has none. */
const nodeLabels = {
  story: 'Story',
  artifact: 'Artifact',
  session: 'Run',
  run: 'Run',
  relation: null,
} as const;
