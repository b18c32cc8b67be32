import {
  getNamedType,
  isEnumType,
  isLeafType,
  isNonNullType,
  type GraphQLLeafType,
  type GraphQLObjectType,
} from 'graphql';
import { isInt } from 'neo4j-driver';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../model/cursor.js';
import { generatedKey, keyFieldOf } from './generated-selection.js';
import type { GraphNode } from './load-nodes.js';

// Cursors of root connections are places in the whole order: what a row is sorted by, and its key. Whatever is written
// before or behind a place, the next page begins right behind it.

/** One part of an order. Neo4j puts null behind everything: last going up, first going down. */
export interface OrderPart {
  name: string;
  direction: 'ASC' | 'DESC';
  nullable: boolean;
  type: GraphQLLeafType;
}

type Filter = Record<string, unknown>;

/** The parts of an order up to the key that makes it whole. */
export function orderParts(sort: readonly object[], type: GraphQLObjectType): OrderPart[] {
  const parts = sort.flatMap((one) => Object.entries(one)).map(([name, way]) => partOf(type, name, way));
  return parts.slice(0, parts.findIndex(({ name }) => name === keyFieldOf(type)) + 1);
}

function partOf(type: GraphQLObjectType, name: string, way: unknown): OrderPart {
  const given = type.getFields()[name]?.type;
  const leaf = getNamedType(given);
  if (!isLeafType(leaf)) throw new Error(`nothing is sorted by ${type.name}.${name}`);
  return { name, direction: way === 'DESC' ? 'DESC' : 'ASC', nullable: !isNonNullType(given), type: leaf };
}

/** The cursor of a row that was read with the parts of the order under their own names. */
export function cursorOf(row: GraphNode, order: readonly OrderPart[]): string {
  return encodeCursor(
    order.map(({ name, direction }) => {
      const value = row[generatedKey(name, name)];
      return [name, direction, isInt(value) ? value.toNumber() : value];
    }),
  );
}

const place = z.array(z.tuple([z.string(), z.string(), z.unknown()]));

/**
 * What lies behind a cursor, as filters of the generated language: what the first finds comes before what the second does,
 * and so on. In one filter they would be a disjunction, which Neo4j reads from several indexes, and then sorts the whole.
 * @throws InvalidInput for a cursor that is none, or belongs to another order
 */
export function filtersBehind(cursor: string, order: readonly OrderPart[]): Filter[] {
  const ofOrder = place.length(order.length).refine((parts) =>
    order.every((part, n) => {
      const [name, direction, value] = parts[n] ?? [];
      return name === part.name && direction === part.direction && isValue(part, value);
    }),
  );
  const at = decodeCursor(cursor, ofOrder, { field: 'after', of: 'list in this order' });
  return order
    .map((part, n) => {
      const equal = at.slice(0, n).map(([name, , value]): Filter => ({ [name]: { eq: value } }));
      return filtersBeyond(part, at[n]?.[2]).map((beyond): Filter => ({ AND: [...equal, beyond] }));
    })
    .reverse()
    .flat();
}

function isValue({ nullable, type }: OrderPart, value: unknown): boolean {
  if (value === null) return nullable;
  if (isEnumType(type)) return type.getValues().some((one) => one.value === value);
  try {
    type.parseValue(value);
    return true;
  } catch {
    // Not being a value of the type is the answer.
    return false;
  }
}

function filtersBeyond(part: OrderPart, value: unknown): Filter[] {
  const isNull = { [part.name]: { eq: null } };
  if (part.direction === 'DESC') return value === null ? [{ NOT: isNull }] : [compared(part, value)];
  if (value === null) return [];
  return part.nullable ? [compared(part, value), isNull] : [compared(part, value)];
}

/** Enums have no comparison in the generated language; they are stored and sorted as words. */
function compared({ name, direction, type }: OrderPart, value: unknown): Filter {
  if (!isEnumType(type)) return { [name]: { [direction === 'DESC' ? 'lt' : 'gt']: value } };
  const words = type.getValues().map((one) => String(one.value));
  const at = String(value);
  return { [name]: { in: words.filter((word) => (direction === 'DESC' ? word < at : word > at)) } };
}
