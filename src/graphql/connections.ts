import { isInt } from 'neo4j-driver';
import { z } from 'zod';
import { InvalidInput } from '../errors.js';

// Connections below nodes, with the cursors that @neo4j/graphql gives: positions in the order, from 0.

const toCursor = (position: number) => Buffer.from(`arrayconnection:${position}`).toString('base64');

/** How many rows lie up to and with the one that a cursor names. @throws InvalidInput */
function positionAfter(cursor: string | null | undefined): number {
  if (cursor === null || cursor === undefined) return 0;
  const digits = /^arrayconnection:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64').toString('latin1'))?.[1];
  if (digits === undefined) throw new InvalidInput('after is no cursor that this service gave');
  return Number(digits) + 1;
}

export const connectionArgs = z.looseObject({
  first: z.number().nullish(),
  after: z.string().nullish(),
});

/** A page of edges with their cursors. */
export function connectionOf<E extends { cursor: string }>(
  edges: readonly E[],
  { hasPreviousPage, hasNextPage }: { hasPreviousPage: boolean; hasNextPage: boolean },
) {
  const [startCursor = null, endCursor = null] = [edges.at(0)?.cursor, edges.at(-1)?.cursor];
  return { edges, pageInfo: { startCursor, endCursor, hasPreviousPage, hasNextPage } };
}

export const count = z.unknown().transform((value) => (isInt(value) ? value.toNumber() : Number(value)));

/** A connection as the generated statement gives it: one page of the edges, and how many there are in all. */
const generatedConnection = z.object({
  edges: z.array(z.looseObject({})).default([]),
  totalCount: count.optional(),
});

/** A connection below a node. */
export function nestedConnection(value: unknown, args: unknown) {
  const { edges, totalCount = edges.length } = generatedConnection.parse(value);
  const { after, first } = connectionArgs.parse(args);
  const start = positionAfter(after);
  const page = (first === 0 ? [] : edges).map((edge, n) => ({ ...edge, cursor: toCursor(start + n) }));
  const ends = { hasPreviousPage: start > 0, hasNextPage: start + page.length < totalCount };
  return { totalCount, ...connectionOf(page, ends) };
}
