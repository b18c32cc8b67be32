import type { Context } from '../context.js';
import { insertRelations } from '../artifacts/relate-artifacts.js';
import { lockAll } from '../db/locks.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict, NotFound, Unavailable } from '../errors.js';
import { provenanceKey } from '../model/keys.js';
import type { Relation } from '../model/relation.js';
import type { ImportRun } from './import-run.js';
import type { LooseReport } from './import-report.js';
import { legacyId } from './plan/legacy-id.js';
import type { NamedRow } from './source/legacy-tables.js';
import { parseLegacyTime } from './source/legacy-time.js';
import { relationKey, textOf } from './source/legacy-row.js';
import { isUsableId } from './plan/plan-draft.js';
import { readOldRelation } from './plan/plan-old-tables.js';
import { noProblems, unknownTime } from './source/read-columns.js';
import { findRemembered, rememberImports } from './write/remember-imports.js';
import { findArtifactIds } from './write/find-existing.js';

const batchSize = 200;

/** An old relation that no story has both ends of. */
interface LooseRelation {
  key: string;
  name: string;
  rowName: string;
  relation: Relation | null;
  problems: string[];
}

/**
 * Old relations between artifacts of different stories, once all artifacts are there; whatever cannot be a relation is
 * reported.
 * @throws Unavailable
 */
export async function importRelations(run: ImportRun): Promise<void> {
  for await (const rows of run.tables.scan('artifact_relations', batchSize)) {
    run.options.signal?.throwIfAborted();
    const handled = run.ledger.among(rows.map(({ row }) => relationKey(row)));
    const loose = rows
      .filter(({ row }) => !handled.has(relationKey(row)))
      .map((named) => readLoose(named, run.tables.name));
    if (loose.length > 0) await importLoose(run, loose);
  }
}

function readLoose({ row, rowName }: NamedRow, source: string): LooseRelation {
  const problems = noProblems();
  const found = readOldRelation(row, problems);
  const name = textOf(row, 'relation_id') ?? `row ${rowName}`;
  const key = textOf(row, 'relation_id') === null ? `relation ${name} of ${source}` : `relation:${name}`;
  if (!found) return { key, name, rowName, relation: null, problems: [] };
  const { id, type, productId, sourceId, metadata } = found;
  const relation: Relation = {
    id: isUsableId(id) ? id : legacyId('relation', type, productId, sourceId),
    type,
    productId,
    sourceId,
    metadata,
    createdAt: parseLegacyTime(textOf(row, 'created_at') ?? '')?.getTime() ?? unknownTime,
  };
  return { key, name, rowName, relation, problems: problems.sentences };
}

async function importLoose(run: ImportRun, loose: readonly LooseRelation[]): Promise<void> {
  const { ctx, tables, options } = run;
  const remembered = await findRemembered(
    ctx.db,
    loose.map(({ key }) => key),
  );
  const fresh = loose.flatMap((one) =>
    one.relation && !remembered.has(one.key) ? [{ ...one, relation: one.relation }] : [],
  );
  const refusals = options.dryRun
    ? await predictLoose(run, fresh)
    : await writeLoose(ctx, fresh, tables.name);
  for (const one of loose) {
    const { name: id, relation } = one;
    const facts = { kind: 'relation' as const, id, files: [] };
    const refusal = refusals.get(one.key);
    if (!relation)
      await report(run, {
        ...facts,
        outcome: 'failed',
        reason: 'its row names no two artifacts, or an unknown type',
      });
    else if (remembered.has(one.key))
      await report(run, { ...facts, outcome: 'skipped', reason: 'it was imported before' });
    else if (refusal) await report(run, { ...facts, outcome: 'failed', reason: refusal.message });
    else {
      run.tally.summary.relations++;
      const problems = one.problems.length > 0 ? { problems: one.problems } : {};
      await report(run, { ...facts, outcome: 'imported', ...problems });
    }
  }
}

async function report(run: ImportRun, told: LooseReport): Promise<void> {
  run.tally.countOther(told);
  await run.options.onOther?.(told);
}

type Fresh = LooseRelation & { relation: Relation };

/**
 * Why each relation was refused, by key. All in one transaction; when that is refused as a whole, by halves.
 * @throws Unavailable
 */
async function writeLoose(
  ctx: Context,
  fresh: readonly Fresh[],
  source: string,
): Promise<Map<string, Error>> {
  if (fresh.length === 0) return new Map();
  try {
    return await ctx.db.write((tx) => writeWithin(ctx, tx, fresh, source));
  } catch (error) {
    if (error instanceof Unavailable || !(error instanceof Error)) throw error;
    const [only] = fresh;
    if (only && fresh.length === 1) return new Map([[only.key, error]]);
    const middle = fresh.length >> 1;
    const before = await writeLoose(ctx, fresh.slice(0, middle), source);
    return new Map([...before, ...(await writeLoose(ctx, fresh.slice(middle), source))]);
  }
}

async function writeWithin(
  ctx: Context,
  tx: Transaction,
  fresh: readonly Fresh[],
  source: string,
): Promise<Map<string, Error>> {
  const relations = fresh.map(({ relation }) => relation);
  const ends = relations.flatMap(({ productId, sourceId }) => [productId, sourceId]);
  const outcomes = await insertRelations(tx, relations, await lockAll(tx, [{ artifacts: ends }]));
  const refused = new Map<string, Error>();
  for (const [position, { key }] of fresh.entries()) {
    const refusal = outcomes[position];
    if (refusal) refused.set(key, refusal);
  }
  const said = {
    at: ctx.clock().getTime(),
    actor: ctx.actor,
    source,
    outcome: 'imported' as const,
    digest: '',
  };
  const made = fresh.filter(({ key }) => !refused.has(key));
  await rememberImports(
    tx,
    made.map(({ key, name, rowName, relation }) => ({
      ...said,
      key,
      kind: 'relation',
      sourceId: name,
      rowName,
      relationKeys: [provenanceKey(relation)],
    })),
  );
  return refused;
}

/** What writing would refuse, as far as the ends tell; a cycle across stories shows only when it is written. */
async function predictLoose(
  { ctx, ledger }: ImportRun,
  fresh: readonly Fresh[],
): Promise<Map<string, Error>> {
  const ids = [...new Set(fresh.flatMap(({ relation }) => [relation.productId, relation.sourceId]))];
  const planned = ledger.among(ids.map((id) => `planned ${id}`));
  const known = await findArtifactIds(ctx.db, ids);
  const refused = new Map<string, Error>();
  for (const { key, relation } of fresh) {
    const { productId, sourceId } = relation;
    const missing = [productId, sourceId].find((id) => !known.has(id) && !planned.has(`planned ${id}`));
    const isNew = ledger.add([`edge ${provenanceKey(relation)}`]).size > 0;
    if (missing !== undefined) refused.set(key, new NotFound('artifact', missing));
    else if (productId === sourceId)
      refused.set(key, new Conflict('an artifact is not made from itself', 'cycle'));
    else if (!isNew) refused.set(key, new Conflict('the same relation is there already', 'duplicate'));
  }
  return refused;
}
