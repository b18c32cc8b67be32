import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { isInt } from 'neo4j-driver';
import { z } from 'zod';
import { connectionArgs, connectionOf, count, nestedConnection } from './connections.js';
import {
  fieldNode,
  generatedKey,
  generatedSelection,
  keyFieldOf,
  wholeOrder,
} from './generated-selection.js';
import { askedOrder, indexedCount, indexedPage, keptCount, plainPage } from './indexed-reads.js';
import { findNode, isNodeField, type GraphNode } from './load-nodes.js';
import { maxPage } from './limits.js';
import { cursorOf, filtersBehind, orderParts } from './places.js';
import type { GraphqlRequest } from './request.js';
import { fieldsBelow } from './selection.js';

type Args = Record<string, unknown>;
type Resolver = GraphQLFieldResolver<GraphNode | undefined, GraphqlRequest, Args>;
type Field = GraphQLField<GraphNode | undefined, GraphqlRequest, Args>;

const byOneId = z.strictObject({ where: z.strictObject({ id: z.strictObject({ eq: z.string() }) }) });
const sortArg = z.looseObject({ sort: z.array(z.record(z.string(), z.unknown())).nullish() });
const nodes = z.array(z.looseObject({}));

/** The fields of a type that are resolved by hand. */
type HandMade = Readonly<Record<string, unknown>>;

/**
 * Puts the service between the generated schema and its readers: lists and connections in whole orders, connections as
 * a page and a count, reads of one node shared, and values read by field and never by a client's aliases.
 * @param handMade resolvers by type and field, which stay as they are
 */
export function guideGeneratedReads(
  schema: GraphQLSchema,
  handMade: Readonly<Record<string, HandMade>>,
): void {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = roots.includes(type);
    const fields: Record<string, Field> = type.getFields();
    for (const field of Object.values(fields)) {
      if (Object.hasOwn(handMade[type.name] ?? {}, field.name)) continue;
      field.resolve = isRoot ? rootResolver(field, type) : isConnection(field) ? connectionField : plainField;
    }
  }
}

const isConnection = ({ type }: Field) => {
  const named = getNamedType(type);
  return isObjectType(named) && 'pageInfo' in named.getFields();
};

function valueOf(source: GraphNode | undefined, { fieldName, path }: GraphQLResolveInfo): unknown {
  if (source === undefined) return undefined;
  const key = generatedKey(fieldName, String(path.key));
  return key in source ? source[key] : source[fieldName];
}

/** Of a generated row by its key, of anything that the service made itself by the field's name. */
const plainField: Resolver = (source, _args, _request, info) => {
  const value = valueOf(source, info);
  if (typeof value === 'function') return (value as () => unknown)();
  return isInt(value) ? value.toNumber() : value;
};

const connectionField: Resolver = (source, args, _request, info) =>
  nestedConnection(valueOf(source, info), args);

function rootResolver(field: Field, queryType: GraphQLObjectType): Resolver {
  const generated = field.resolve;
  if (!generated) throw new Error(`the generated schema does not resolve ${field.name}`);
  if (!isConnection(field)) return listField(field, generated);
  const listName = field.name.replace(/Connection$/, '');
  return rootConnection(field, generated, () => queryType.getFields()[listName]);
}

const limitsOf = ({ ctx: { db }, maxRead }: GraphqlRequest) => ({ db, maxRead });

function nodeType({ name, type }: Field): GraphQLObjectType {
  const named = getNamedType(type);
  if (!isObjectType(named)) throw new Error(`${name} lists no nodes`);
  return named;
}

function listField(field: Field, generated: Resolver): Resolver {
  const type = nodeType(field);
  const last = wholeOrder(field);
  const { name } = field;
  return async (source, args, request, info) => {
    const one = byOneId.safeParse(args);
    if (one.success && isNodeField(name)) {
      const node = await findNode(name, one.data.where.id.eq, request, info);
      return node ? [node] : [];
    }
    const indexed = isNodeField(name) ? await indexedPage(name, args, limitsOf(request)) : plainPage(args);
    const { sort } = sortArg.parse(indexed);
    return generated(source, { ...indexed, sort: [...(sort ?? []), ...last] }, request, {
      ...info,
      ...selectionOfNodes(info, type),
    });
  };
}

/** What is selected of the nodes, and under its own name the field that tells them apart. */
function selectionOfNodes(info: GraphQLResolveInfo, type: GraphQLObjectType) {
  const selections = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const { selectionSet, ...rest } = generatedSelection(selections, type, info);
  const key = keyFieldOf(type);
  if (key === null) throw new Error(`nodes of ${type.name} cannot be told apart`);
  return {
    ...rest,
    fieldNodes: [fieldNode(info.fieldName, [fieldNode(key), ...selectionSet.selections])],
  };
}

/** Counts the nodes that a connection has in all. */
function countOf(field: Field, generated: Resolver) {
  const name = field.name.replace(/Connection$/, '');
  const node = fieldNode(field.name, [fieldNode('totalCount')]);
  return async (args: Args, request: GraphqlRequest, info: GraphQLResolveInfo): Promise<number> => {
    const known = isNodeField(name) ? await keptCount(name, args.where, request.ctx.db) : null;
    if (known !== null) return known;
    const indexed = isNodeField(name) ? await indexedCount(name, args, limitsOf(request)) : args;
    const counted: unknown = await generated(undefined, indexed, request, { ...info, fieldNodes: [node] });
    return z.object({ totalCount: count }).parse(counted).totalCount;
  };
}

/** The page is read as a list, which an index can give in order, and the count apart, each only when it is asked for. */
function rootConnection(field: Field, generated: Resolver, findList: () => Field | undefined): Resolver {
  const countNodes = countOf(field, generated);
  return async (_source, args, request, info) => {
    const list = findList();
    if (!list?.resolve) throw new Error(`the generated schema has no list for ${field.name}`);
    const below = fieldsBelow(info.fieldNodes, info.fragments);
    const { where } = z.looseObject({ where: z.unknown().optional() }).parse(args);
    const [page, totalCount] = await Promise.all([
      below.has('edges') || below.has('pageInfo') ? readPage(list, args, request, info) : {},
      below.has('totalCount') ? countNodes(where ? { where } : {}, request, info) : 0,
    ]);
    return { totalCount, ...page };
  };
}

async function readPage(list: Field, args: Args, request: GraphqlRequest, info: GraphQLResolveInfo) {
  const edges = fieldsBelow(info.fieldNodes, info.fragments).get('edges') ?? [];
  const { first: size, after, ...rest } = connectionArgs.parse(args);
  const first = size ?? maxPage;
  const { sort } = sortArg.parse(rest);
  const asked = isNodeField(list.name) ? askedOrder(sort) : (sort ?? []);
  const order = orderParts([...asked, ...wholeOrder(list)], nodeType(list));
  const infoOfNodes = {
    ...info,
    fieldName: list.name,
    fieldNodes: [
      ...(fieldsBelow(edges, info.fragments).get('node') ?? []),
      fieldNode(
        'node',
        order.map(({ name }) => fieldNode(name)),
      ),
    ],
    returnType: list.type,
  };
  const rows: GraphNode[] = [];
  for (const behind of after ? filtersBehind(after, order) : [null]) {
    if (rows.length > first) break;
    const wanted = { ...rest, behind, limit: first + 1 - rows.length };
    rows.push(...nodes.parse(await list.resolve?.(undefined, wanted, request, infoOfNodes)));
  }
  const page = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(node, order) }));
  return connectionOf(page, { hasPreviousPage: Boolean(after), hasNextPage: rows.length > first });
}
