import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { recordEvents } from '../audit/record-events.js';
import { GroupedWrite, type Outcome } from '../db/group-commit.js';
import type { Locked } from '../db/locks.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { Conflict, NotFound, type AppError } from '../errors.js';
import { canonicalJson } from '../model/json.js';
import { edgeKey, provenanceKey, typedKey } from '../model/keys.js';
import { parseInput } from '../model/parse-input.js';
import { relateArtifactsInput, type Relation } from '../model/relation.js';
import { relationTypes, type RelationType } from '../model/vocabulary.js';
import { cycleConflict, liftGenerations } from './lift-generations.js';
import { writeRelations } from './write-artifacts.js';

const findRelations = statement('artifacts/find-relations.cypher', {
  params: z.object({
    derived: z.array(z.string()),
    variants: z.array(z.string()),
    transcoded: z.array(z.string()),
  }),
  row: z.object({ type: z.enum(relationTypes), edgeKey: z.string() }),
});

/** An edge that `actor` asks for. */
interface Relating {
  relation: Relation;
  actor: string;
}

/**
 * Records that one existing artifact was made from another.
 * @throws NotFound for an unknown end; Conflict `duplicate` for an edge that exists, `cycle` (with `path`) for one that
 * would make an artifact its own ancestor
 */
export async function relateArtifacts(ctx: Context, input: unknown): Promise<Relation> {
  const { metadata, ...parsed } = parseInput(relateArtifactsInput, input);
  const createdAt = ctx.clock().getTime();
  const relation: Relation = { id: randomUUID(), ...parsed, metadata: metadata ?? null, createdAt };
  return ctx.db.writeTogether(relating, { relation, actor: ctx.actor });
}

const relating = new GroupedWrite<Relating, Relation>({
  locks: ({ relation }) => ({ artifacts: [relation.productId, relation.sourceId] }),
  async run(tx, inputs, locked) {
    const relations = inputs.map(({ relation }) => relation);
    const refusals = await insertRelations(tx, relations, locked);
    const accepted = inputs.filter((_, position) => refusals[position] === null);
    await recordRelated(tx, accepted);
    return relations.map((relation, position): Outcome<Relation> => {
      const refused = refusals[position];
      return refused ? { refused } : { done: relation };
    });
  },
});

/** One audit event for each edge between artifacts that existed before. */
export function recordRelated(tx: Transaction, accepted: readonly Relating[]): Promise<void> {
  return recordEvents(
    tx,
    accepted.map(({ relation: { productId, sourceId, type }, actor }) => ({
      actor,
      action: 'artifact.related',
      nodeLabel: 'Artifact',
      nodeId: productId,
      before: null,
      after: canonicalJson({ type, sourceId }),
    })),
  );
}

/**
 * Adds provenance edges among artifacts whose locks the transaction holds, lifting generations where needed.
 * @returns for each relation why it was refused (nothing of it is then written), or null
 */
export async function insertRelations(
  tx: Transaction,
  relations: readonly Relation[],
  locked: Locked,
): Promise<(AppError | null)[]> {
  const present = await findPresent(tx, relations);
  const refusals: (AppError | null)[] = [];
  const fitting: Relation[] = [];
  for (const relation of relations) {
    const refusal = refuseKnown(relation, locked, present);
    if (refusal) {
      refusals.push(refusal);
    } else if (isGreater(relation, locked)) {
      fitting.push(relation);
      refusals.push(null);
    } else {
      // A lift follows the edges in the database, so those that were accepted before must be there.
      await writeRelations(tx, fitting.splice(0));
      const lifted =
        relation.productId !== relation.sourceId && (await liftGenerations(tx, relation, locked));
      if (lifted) fitting.push(relation);
      refusals.push(lifted ? null : await cycleConflict(tx, relation));
    }
    if (refusals.at(-1) === null) present.add(provenanceKey(relation));
  }
  await writeRelations(tx, fitting);
  return refusals;
}

async function findPresent(tx: Transaction, relations: readonly Relation[]): Promise<Set<string>> {
  const keys = (type: RelationType) =>
    relations
      .filter((relation) => relation.type === type)
      .map(({ productId, sourceId }) => edgeKey(productId, sourceId));
  const rows = await tx.many(findRelations, {
    derived: keys('DERIVED_FROM'),
    variants: keys('VARIANT_OF'),
    transcoded: keys('TRANSCODED_FROM'),
  });
  return new Set(rows.map((row) => typedKey(row.type, row.edgeKey)));
}

function refuseKnown(relation: Relation, locked: Locked, present: ReadonlySet<string>): AppError | null {
  const { productId, sourceId, type } = relation;
  const unknown = [productId, sourceId].find((id) => !locked.artifacts.has(id));
  if (unknown !== undefined) return new NotFound('artifact', unknown);
  if (!present.has(provenanceKey(relation))) return null;
  return new Conflict(`${productId} is already ${type} ${sourceId}`, 'duplicate', { productId, sourceId });
}

function isGreater({ productId, sourceId }: Relation, locked: Locked): boolean {
  return (
    (locked.artifacts.get(productId)?.generation ?? 0) > (locked.artifacts.get(sourceId)?.generation ?? 0)
  );
}
