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
import { linkKey, provenanceKey, stageKey } from '../../model/keys.js';
import { Conflict } from '../../errors.js';
import type { Relation } from '../../model/relation.js';
import { writeCurrentRuns, writeRunArtifacts, writeRuns, writeSteps } from '../../runs/write-runs.js';
import { writeLinks, writeStories } from '../../stories/write-stories.js';
import { contentsOf, findExisting } from './find-existing.js';
import type { ImportPlan } from '../plan/import-plan.js';
import { reconcile, type Remainder } from './reconcile.js';
import {
  erasedReason,
  findErased,
  rememberImports,
  troubledFiles,
  type ImportRecord,
} from './remember-imports.js';

const addStoryFields = statement('legacy/add-story-fields.cypher', {
  params: z.object({ rows: uncheckedAsColumns }),
  row: z.never(),
});

/** What one plan made. `already`: nothing, and why. */
export interface Written {
  key: string;
  outcome: 'imported' | 'already';
  /** Numbers of nodes and edges made. */
  artifacts: number;
  links: number;
  relations: number;
  runs: number;
  /** Digests whose Content was not in the graph. */
  newContents: string[];
  problems: string[];
  reason?: string;
}

export interface WriteOptions {
  /** The old database's name, for the records. */
  source: string;
  /** True when plans that were imported before are to be completed by what was missing then. */
  completes: boolean;
}

/**
 * Writes plans in one transaction, with the record of each. What is in the graph already is left as it is.
 * @throws Conflict when one of them is refused; then none is written
 * @throws Unavailable
 */
export async function writePlans(
  ctx: Context,
  plans: readonly ImportPlan[],
  options: WriteOptions,
): Promise<Written[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.write((tx) => writeWithin(ctx, tx, plans, options));
    } catch (error) {
      // Somebody made the same thing between our look and our commit: the next look will find it.
      if (!(error instanceof Conflict && error.code === 'duplicate') || attempt === 3) throw error;
    }
  }
}

async function writeWithin(
  ctx: Context,
  tx: Transaction,
  plans: readonly ImportPlan[],
  { source, completes }: WriteOptions,
): Promise<Written[]> {
  let existing = await findExisting(tx, plans);
  let erased: ReadonlySet<string> = new Set();
  if (existing.stories.size > 0) {
    await lockAll(tx, [{ stories: [...existing.stories.keys()] }]);
    existing = await findExisting(tx, plans);
    erased = await findErased(tx, [...existing.stories.keys()]);
  }
  const isErased = ({ story }: ImportPlan) => story !== null && erased.has(story.id);
  const isDone = ({ key, digest }: ImportPlan) => {
    const done = existing.imports.get(key);
    return !completes && done?.outcome === 'imported' && done.digest === digest;
  };
  const remainders = plans
    .filter((plan) => !isDone(plan) && !isErased(plan))
    .map((plan) => reconcile(plan, existing));
  await writeRemainders(ctx, tx, remainders);
  const late = await writeLateRelations(tx, remainders);
  await remember(ctx, tx, remainders, { late, source });
  const written = new Map(
    remainders.map((remainder) => [remainder.plan.key, summarize(remainder, late, existing.contents)]),
  );
  return plans.map(
    (plan) =>
      written.get(plan.key) ??
      nothing(plan.key, isErased(plan) ? erasedReason : 'another import was quicker'),
  );
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
  const all = <T>(of: (remainder: Remainder) => readonly T[]) => remainders.flatMap(of);
  await Promise.all([
    writeStories(
      tx,
      all(({ plan, addedFields }) => (plan.story && addedFields === null ? [plan.story] : [])),
    ),
    writeFields(tx, all(addedFieldsRow)),
    writeRuns(
      tx,
      all(({ runs }) => runs),
    ),
    writeCurrentRuns(
      tx,
      all(({ runs, currentRunId }) => runs.filter(({ id }) => id === currentRunId)),
    ),
    writeSteps(
      tx,
      all(({ steps }) => steps),
    ),
    // As late as possible: whoever shares one of these contents waits from here to our commit.
    recordContents(tx, ctx.content, contents),
    writeArtifacts(tx, ctx.content, {
      artifacts: all(({ artifacts }) => artifacts),
      relations: all(({ relations }) => relations),
    }),
    writeLinks(
      tx,
      all(({ links }) => links),
    ),
    writeRunArtifacts(
      tx,
      all(({ records }) => records),
    ),
  ]);
}

async function writeFields(tx: Transaction, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await tx.exec(addStoryFields, { rows: [...rows] });
}

/** The legacy fields of a new story, or those that a story lacks. */
function addedFieldsRow({ plan, addedFields }: Remainder): object[] {
  const { safetyScore = null, ...fields } = addedFields ?? plan.story?.fields ?? {};
  return safetyScore === null && Object.keys(fields).length === 0
    ? []
    : [{ id: plan.id, safetyScore, fields }];
}

/** Relations of products that were there before, by the way of all such relations. Gives the ids of those made. */
async function writeLateRelations(tx: Transaction, remainders: readonly Remainder[]): Promise<Set<string>> {
  const late = remainders.flatMap(({ lateRelations }) => lateRelations);
  if (late.length === 0) return new Set();
  const locked = await lockAll(tx, [
    { artifacts: late.flatMap(({ productId, sourceId }) => [productId, sourceId]) },
  ]);
  const refusals = await insertRelations(tx, late, locked);
  for (const remainder of remainders) {
    for (const { id } of remainder.lateRelations) {
      const refusal = refusals[late.findIndex((relation) => relation.id === id)];
      if (refusal && refusal.code !== 'duplicate')
        remainder.problems.push(`a relation is left out: ${refusal.message}`);
    }
  }
  return new Set(late.filter((_, position) => refusals[position] === null).map(({ id }) => id));
}

async function remember(
  ctx: Context,
  tx: Transaction,
  remainders: readonly Remainder[],
  { late, source }: { late: ReadonlySet<string>; source: string },
): Promise<void> {
  const said = { at: ctx.clock().getTime(), actor: ctx.actor, source };
  const imports = remainders.map((remainder) => importRecord(remainder, late, said));
  const events = remainders.map(({ plan }) => ({
    actor: ctx.actor,
    action: 'legacy.imported',
    nodeLabel: plan.story
      ? ('Story' as const)
      : plan.kind === 'artifact'
        ? ('Artifact' as const)
        : ('Run' as const),
    nodeId: plan.story || plan.kind !== 'session' ? plan.id : (plan.runs[0]?.id ?? plan.id),
    before: null,
    after: null,
  }));
  await Promise.all([rememberImports(tx, imports), recordEvents(tx, events)]);
}

function importRecord(
  remainder: Remainder,
  late: ReadonlySet<string>,
  said: { at: number; actor: string; source: string },
): ImportRecord {
  const { plan, addedFields, artifacts, runs, steps, links, records, problems } = remainder;
  const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  return {
    ...said,
    key: plan.key,
    kind: plan.kind,
    sourceId: plan.id,
    rowName: plan.rowName,
    digest: plan.digest,
    outcome: 'imported',
    madeStory: plan.story !== null && addedFields === null,
    addedFields: Object.keys(addedFields ?? {}),
    artifactIds: idsOf(artifacts),
    runIds: idsOf(runs),
    stepIds: idsOf(steps),
    linkKeys: links.map(linkKey),
    relationKeys: relationsMade(remainder, late).map(provenanceKey),
    stageKeys: records.map(stageKey),
    problems,
    files: troubledFiles(plan.files),
  };
}

function relationsMade({ relations, lateRelations }: Remainder, late: ReadonlySet<string>): Relation[] {
  return [...relations, ...lateRelations.filter(({ id }) => late.has(id))];
}

function summarize(
  remainder: Remainder,
  late: ReadonlySet<string>,
  knownContents: ReadonlySet<string>,
): Written {
  const digests = [...contentsOf([remainder]).keys()];
  return {
    key: remainder.plan.key,
    outcome: 'imported',
    artifacts: remainder.artifacts.length,
    links: remainder.links.length,
    relations: relationsMade(remainder, late).length,
    runs: remainder.runs.length,
    newContents: digests.filter((digest) => !knownContents.has(digest)),
    problems: remainder.problems,
  };
}

function nothing(key: string, reason: string): Written {
  return {
    key,
    outcome: 'already',
    reason,
    artifacts: 0,
    links: 0,
    relations: 0,
    runs: 0,
    newContents: [],
    problems: [],
  };
}
