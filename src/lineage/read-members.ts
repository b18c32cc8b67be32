import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { artifactEntity } from '../model/artifact.js';
import { relationEntity } from '../model/relation.js';
import { placesOf } from '../model/stored.js';
import { relationTypes, type RelationType } from '../model/vocabulary.js';
import { jsonText } from './json-columns.js';
import { EdgePlaces } from './arrange-trace.js';
import type { Trace } from './trace.js';

/** An entity as `projection` gives it: `rowText` makes JSON of it, `rowOf` a value. */
export type Row = readonly unknown[];

const rows = jsonText(z.custom<Row[]>((value) => Array.isArray(value) && value.every(Array.isArray)));
const idPlace = placesOf(artifactEntity).id;

const params = z.object({ numbers: z.array(z.number().int()) });

const readArtifacts = statement('lineage/read-members.cypher', {
  params,
  row: z.object({ artifacts: rows }),
});
const readRelations = statement('lineage/read-member-relations.cypher', {
  params,
  row: z.object({ relations: rows }),
});

/** So many artifacts of an answer are held at a time. */
export const membersAtATime = 1000;

/** Some of the artifacts of a trace, with their positions in it, or some of its relations. */
export type Members = { positions: readonly number[]; artifacts: Row[] } | { relations: Row[] };

/**
 * The artifacts of a trace at these positions, then all relations with both ends in it, ordered by product, source and
 * type; in parts of bounded size, of which the next two are read while one is used.
 * @param types of the relations; null for all
 */
export function readMembers(
  ctx: Pick<Context, 'db'>,
  { ids, numbers }: Pick<Trace, 'ids' | 'numbers'>,
  positions: readonly number[],
  types: readonly RelationType[] | null,
): AsyncGenerator<Members> {
  const relationsOf = relationsWithin(ids, new Set(types ?? relationTypes));
  return readAhead([
    ...slices(positions, membersAtATime).map((part) => () => artifactsAt(ctx, { ids, numbers }, part)),
    ...slices(numbers, membersAtATime).map((products) => async () => {
      const { relations } = await ctx.db.one(readRelations, { numbers: products });
      return { relations: relationsOf(relations) };
    }),
  ]);
}

export function slices<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, n) => items.slice(n * size, (n + 1) * size));
}

async function artifactsAt(
  { db }: Pick<Context, 'db'>,
  { ids, numbers }: Pick<Trace, 'ids' | 'numbers'>,
  positions: readonly number[],
): Promise<Members> {
  const { artifacts } = await db.one(readArtifacts, { numbers: positions.map((at) => numbers[at] ?? -1) });
  const found = new Map(artifacts.map((row) => [row[idPlace], row]));
  const inOrder = positions.map((at) => {
    const row = found.get(ids[at]);
    if (!row) throw new NotFound('artifact', ids[at] ?? '');
    return row;
  });
  return { positions, artifacts: inOrder };
}

/** Keeps of some products' relations those whose sources are among `ids`, in order. */
function relationsWithin(ids: readonly string[], types: ReadonlySet<RelationType>): (found: Row[]) => Row[] {
  const places = new Map<unknown, number>(ids.map((id, position) => [id, position]));
  const at = placesOf(relationEntity);
  return (found) => {
    const within = new EdgePlaces(ids.length);
    for (const [edge, row] of found.entries()) {
      const [product, source] = [places.get(row[at.productId]), places.get(row[at.sourceId])];
      const type = row[at.type] as RelationType;
      if (product !== undefined && source !== undefined && types.has(type))
        within.add(product, source, type, edge);
    }
    return within.inOrder().edges.map((edge) => found[edge] ?? []);
  };
}

/** What the reads give, in order; the next two are under way while an answer is used. */
async function* readAhead<T>(reads: readonly (() => Promise<T>)[]): AsyncGenerator<T> {
  const begun: Promise<T>[] = [];
  for (const read of reads) {
    const answer = read();
    // It is awaited below, unless nobody goes on.
    answer.catch(() => undefined);
    const first = begun.push(answer) > 2 ? begun.shift() : undefined;
    if (first) yield await first;
  }
  for (const answer of begun) yield await answer;
}
