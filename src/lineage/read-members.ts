import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { relationEntity } from '../model/relation.js';
import { placesOf } from '../model/stored.js';
import { relationTypes, type RelationType } from '../model/vocabulary.js';
import { jsonText } from './json-columns.js';
import type { Trace } from './trace.js';

/** An entity as `projection` gives it: `rowText` makes JSON of it, `rowOf` a value. */
export type Row = readonly unknown[];

const rows = jsonText(z.custom<Row[]>((value) => Array.isArray(value) && value.every(Array.isArray)));
const params = z.object({ ids: z.array(z.string()) });

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
 * type; in parts of bounded size, of which the next is read while one is used.
 * @param types of the relations; null for all
 */
export function readMembers(
  ctx: Pick<Context, 'db'>,
  { ids }: Pick<Trace, 'ids'>,
  positions: readonly number[],
  types: readonly RelationType[] | null,
): AsyncGenerator<Members> {
  const relationsOf = relationsWithin(ids, new Set(types ?? relationTypes));
  return readAhead([
    ...slices(positions).map((part) => () => artifactsAt(ctx, ids, part)),
    ...slices(ids).map((products) => async () => {
      const { relations } = await ctx.db.one(readRelations, { ids: [...products] });
      return { relations: relationsOf(relations) };
    }),
  ]);
}

function slices<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / membersAtATime);
  return Array.from({ length: count }, (_, n) => items.slice(n * membersAtATime, (n + 1) * membersAtATime));
}

async function artifactsAt(
  { db }: Pick<Context, 'db'>,
  ids: readonly string[],
  positions: readonly number[],
): Promise<Members> {
  const wanted = positions.map((position) => ids[position] ?? '');
  const { artifacts } = await db.one(readArtifacts, { ids: wanted });
  if (artifacts.length === wanted.length) return { positions, artifacts };
  const found = new Set(artifacts.map(([id]) => id));
  throw new NotFound('artifact', wanted.find((id) => !found.has(id)) ?? '');
}

/** Keeps of some products' relations those whose sources are among `ids`, in order. */
function relationsWithin(ids: readonly string[], types: ReadonlySet<string>): (found: Row[]) => Row[] {
  const places = new Map(ids.map((id, position) => [id, position]));
  const at = placesOf(relationEntity);
  const placeOf = (row: Row): number[] | null => {
    const product = places.get(String(row[at.productId]));
    const source = places.get(String(row[at.sourceId]));
    const type = String(row[at.type]);
    if (product === undefined || source === undefined || !types.has(type)) return null;
    return [product, source, relationTypes.findIndex((one) => one === type)];
  };
  return (found) =>
    found
      .flatMap((row) => {
        const place = placeOf(row);
        return place ? [{ row, place }] : [];
      })
      .sort((a, b) => compare(a.place, b.place))
      .map(({ row }) => row);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const n = a.findIndex((value, position) => value !== b[position]);
  return n < 0 ? 0 : (a[n] ?? 0) - (b[n] ?? 0);
}

/** What the reads give, in order; the next one is under way while an answer is used. */
async function* readAhead<T>(reads: readonly (() => Promise<T>)[]): AsyncGenerator<T> {
  const begin = (read: (() => Promise<T>) | undefined) => {
    const answer = read?.();
    // It is awaited below, unless nobody goes on.
    answer?.catch(() => undefined);
    return answer;
  };
  let next = begin(reads[0]);
  for (let n = 1; next; n++) {
    const current: Promise<T> = next;
    next = begin(reads[n]);
    yield await current;
  }
}
