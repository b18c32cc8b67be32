import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { z } from 'zod';
import { InvalidInput } from '../errors.js';

/** Greatest text, in tokens; a query that registers a thousand sources belongs into variables. */
export const maxTokens = 10_000;
const maxDepth = 15;
const maxAliases = 100;
/** Fields and fragments looked at; fragments that spread others twice multiply without adding depth. */
const maxSelections = 10_000;
/** Greatest page, and what a list without a limit gives. */
export const maxPage = 1000;
/** Objects that may come: a few times two whole pages in each other, of what an id or a limit leads to. */
const maxCost = 5_000_000;
/** A query that costs more has to wait while its caller has several of them under way. */
const heavyCost = 20_000;
const maxFilterParts = 500;
/** Relationships that a filter may follow one behind the other; each multiplies what the database looks at. */
const maxFilterHops = 3;
/** What the database may look at for one of them. */
const hopCost = 100_000;
const quantifiers = new Set(['all', 'none', 'single', 'some']);
const maxVariableDepth = 110;

const ownLists: Record<string, number> = { lineage: 1000, impact: 10_000 };

interface Measured {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  aliases: number;
  selections: number;
}

/**
 * Refuses a valid operation that would be too much work.
 * @returns whether it is heavy: worth waiting its turn
 * @throws InvalidInput that says which limit and how much
 */
export function checkLimits(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Record<string, unknown>,
): boolean {
  checkVariableDepth(variables);
  const type = schema.getRootType(operation.operation);
  if (!type) return false;
  const measured: Measured = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables,
    aliases: 0,
    selections: 0,
  };
  const cost = costOf(operation.selectionSet, type, { depth: 1, page: null }, measured);
  if (cost > maxCost) {
    refuse(
      `the query may read about ${Math.round(cost)} objects; up to ${maxCost} are allowed: a list without a limit counts as ${maxPage}, so give limits or ids`,
    );
  }
  return cost > heavyCost;
}

function refuse(message: string): never {
  throw new InvalidInput(message);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The objects and lists that an object or list holds directly. */
const objectsIn = (value: object): object[] => Object.values(value).filter(isObject);

function checkVariableDepth(variables: Record<string, unknown>): void {
  let level: object[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxVariableDepth) refuse(`variables are nested deeper than ${maxVariableDepth} levels`);
    level = level.flatMap(objectsIn);
  }
}

/** Where a selection stands. */
interface Place {
  depth: number;
  /** The size that the lists right below a field share (`lineage(limit:) { nodes }`), or null. */
  page: number | null;
}

/** Objects that a selection may bring for each parent object; plain fields are free. */
function costOf(
  { selections }: SelectionSetNode,
  type: GraphQLCompositeType,
  place: Place,
  measured: Measured,
): number {
  let cost = 0;
  for (const selection of selections) {
    if (++measured.selections > maxSelections) refuse(`the query selects more than ${maxSelections} fields`);
    if (selection.kind === Kind.FIELD) {
      cost += costOfField(selection, type, place, measured);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : measured.fragments.get(selection.name.value);
    const on = fragment?.typeCondition ? measured.schema.getType(fragment.typeCondition.name.value) : type;
    if (fragment && isCompositeType(on)) cost += costOf(fragment.selectionSet, on, place, measured);
  }
  return cost;
}

function costOfField(
  node: FieldNode,
  parent: GraphQLCompositeType,
  { depth, page }: Place,
  measured: Measured,
): number {
  if (depth > maxDepth) refuse(`the query is nested deeper than ${maxDepth} levels`);
  if (node.alias && ++measured.aliases > maxAliases) refuse(`the query has more than ${maxAliases} aliases`);
  const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!field || !node.selectionSet) return 1 / 1000;
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 1 / 1000;
  const size = sizeOf(node, field, measured);
  const isList = isListType(getNullableType(field.type));
  const times = isList ? (size ?? page ?? maxPage) : 1;
  const below = costOf(node.selectionSet, type, { depth: depth + 1, page: isList ? null : size }, measured);
  return times * (1 + below) + costOfFilter(argumentOf(node, 'where', measured));
}

/** The greatest page that a field's arguments let come; null for a field without pages. */
function sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown>, measured: Measured): number | null {
  const own = ownLists[field.name];
  if (!field.args.some(({ name }) => name === 'limit' || name === 'first')) return null;
  const asked = argumentOf(node, 'limit', measured) ?? argumentOf(node, 'first', measured);
  const offset = argumentOf(node, 'offset', measured);
  if (typeof offset === 'number' && offset < 0) refuse(`${field.name}: offset must not be negative`);
  const named = idsNamed(argumentOf(node, 'where', measured));
  if (typeof asked !== 'number') return Math.min(own ?? maxPage, named);
  if (own === undefined && (asked < 0 || asked > maxPage)) {
    refuse(`${field.name}: a page holds 0 to ${maxPage}, not ${asked}`);
  }
  return Math.min(asked, named);
}

function argumentOf(node: FieldNode, name: string, { variables }: Measured): unknown {
  const argument = node.arguments?.find((one) => one.name.value === name);
  return argument && valueFromASTUntyped(argument.value, variables);
}

const byId = z.looseObject({
  id: z.object({ eq: z.string().optional(), in: z.array(z.unknown()).optional() }),
});

/** How many nodes a filter lets through at most because it names their ids. */
function idsNamed(where: unknown): number {
  const { id } = byId.safeParse(where).data ?? {};
  return id?.eq !== undefined ? 1 : (id?.in?.length ?? Infinity);
}

/** A filter becomes a statement as long as itself, which follows a relationship for every quantifier. */
function costOfFilter(where: unknown): number {
  let parts = 0;
  let cost = 0;
  let level = objectsIn([where]).map((value) => ({ value, hops: 0 }));
  while (level.length > 0) {
    level = level.flatMap(({ value, hops }) =>
      Object.entries(value)
        .filter((entry): entry is [string, object] => isObject(entry[1]))
        .map(([key, inner]) => ({ value: inner, hops: hops + (quantifiers.has(key) ? 1 : 0) })),
    );
    for (const { hops } of level) {
      if (hops > maxFilterHops) refuse(`a filter follows more than ${maxFilterHops} relationships in a row`);
    }
    parts += level.length;
    if (parts > maxFilterParts) refuse(`a filter has more than ${maxFilterParts} parts`);
    cost = Math.max(cost, ...level.map(({ hops }) => hops * hopCost));
  }
  return cost;
}
