import { z } from 'zod';
import { insertRelations } from '../../artifacts/relate-artifacts.js';
import { writeArtifacts } from '../../artifacts/write-artifacts.js';
import { recordContents, recordOrPutAgain } from '../../content/record-contents.js';
import { recordEvents } from '../../audit/record-events.js';
import type { Context } from '../../context.js';
import { uncheckedAsColumns } from '../../db/columns.js';
import { lockAll } from '../../db/locks.js';
import { statement } from '../../db/statement.js';
import type { Transaction } from '../../db/transaction.js';
import { Conflict, Unavailable } from '../../errors.js';
import { writeCurrentRuns, writeRunArtifacts, writeRuns, writeSteps } from '../../runs/write-runs.js';
import { writeLinks, writeStories } from '../../stories/write-stories.js';
import { readMedia } from '../media/read-media.js';
import type { MediaReader } from '../media/media-reader.js';
import { readBundle } from '../source/legacy-bundle.js';
import { completes, type ImportUnit, type PlannedUnit } from './import-unit.js';
import { contentsOf, findExisting, reconcile, resultOf, noteLate, type Remainder } from './reconcile.js';
import { erasedReason, recall, rememberImports, troubledFiles } from './remember-imports.js';

const addStoryFields = statement('legacy/add-story-fields.cypher', {
  params: z.object({ rows: uncheckedAsColumns }),
  row: z.never(),
});

/**
 * Writes units in one transaction and gives each its result. When it is refused, each half is tried alone, down to the
 * single unit that is the cause: that one fails alone.
 * @throws Unavailable
 */
export async function writeBatch(
  ctx: Context,
  units: readonly PlannedUnit[],
  reader: MediaReader,
): Promise<void> {
  const [first] = units;
  if (!first) return;
  try {
    const putAgain = async () => {
      await Promise.all(units.map(({ bundle }) => readMedia(readBundle(bundle), reader)));
      await ctx.content.flush();
    };
    await recordOrPutAgain(() => writePlans(ctx, units), putAgain);
  } catch (error) {
    if (error instanceof Unavailable || !(error instanceof Error)) throw error;
    if (units.length === 1) {
      ctx.log.warn({ err: error, key: first.bundle.key }, 'the graph refused an old row');
      first.result = { outcome: 'failed', reason: error.message };
      return;
    }
    const middle = units.length >> 1;
    await writeBatch(ctx, units.slice(0, middle), reader);
    await writeBatch(ctx, units.slice(middle), reader);
  }
}

/** All of them, with the record of each, or none. What is in the graph already is left as it is. */
async function writePlans(ctx: Context, units: readonly PlannedUnit[]): Promise<void> {
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

/**
 * Remembers which rows could not be imported, and why; an import that succeeds later replaces the record. Not of
 * relations, which every import tries again, since it may have brought their ends; and not of a story that was imported
 * before: only its completion failed.
 */
export async function rememberFailures(ctx: Context, units: readonly ImportUnit[]): Promise<void> {
  const records = units.flatMap((unit) => {
    const { bundle, digest, result } = unit;
    const isNews = result?.outcome === 'failed' && !result.asBefore && !completes(unit);
    return isNews && bundle.kind !== 'relation'
      ? [{ bundle, digest, outcome: result.outcome, reason: result.reason }]
      : [];
  });
  if (records.length > 0) await ctx.db.write((tx) => rememberImports(ctx, tx, records));
}
