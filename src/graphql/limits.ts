import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { InvalidInput } from '../errors.js';

/** Greatest text, in tokens; a query that registers a thousand sources belongs into variables. */
export const maxTokens = 10_000;
const maxDepth = 15;
const maxAliases = 100;
/** Fields and fragments looked at; fragments that spread others twice multiply without adding depth. */
const maxSelections = 10_000;
/** Objects that an answer may hold, estimated from the page sizes that the query asks for. */
const maxCost = 1_000_000;
/** Greatest page, and what a list without a limit gives. */
export const maxPage = 1000;
const maxFilterParts = 500;
const maxVariableDepth = 110;

/** What is assumed of a list whose page size the query leaves open. */
const assumed = { root: 100, nested: 20 };
const ownLists: Record<string, number> = { lineage: 1000, impact: 10_000 };

interface Measured {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  aliases: number;
  selections: number;
}

/** Refuses a valid operation that would be too much work. @throws InvalidInput that says which limit and how much */
export function checkLimits(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Record<string, unknown>,
): void {
  checkVariableDepth(variables);
  const type = schema.getRootType(operation.operation);
  if (!type) return;
  const measured: Measured = {
    schema,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables,
    aliases: 0,
    selections: 0,
  };
  const cost = costOf(operation.selectionSet, type, 1, null, measured);
  if (cost > maxCost) {
    refuse(
      `the query may read about ${Math.round(cost)} objects; up to ${maxCost} are allowed, ask for smaller pages`,
    );
  }
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

/**
 * Objects that a selection may bring for each parent object; plain fields are free.
 * @param page the size that the lists right below a field share (`lineage(limit:) { nodes }`), or null
 */
function costOf(
  { selections }: SelectionSetNode,
  type: GraphQLCompositeType,
  depth: number,
  page: number | null,
  measured: Measured,
): number {
  let cost = 0;
  for (const selection of selections) {
    if (++measured.selections > maxSelections) refuse(`the query selects more than ${maxSelections} fields`);
    if (selection.kind === Kind.FIELD) {
      cost += costOfField(selection, type, depth, page, measured);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : measured.fragments.get(selection.name.value);
    const on = fragment?.typeCondition ? measured.schema.getType(fragment.typeCondition.name.value) : type;
    if (fragment && isCompositeType(on)) cost += costOf(fragment.selectionSet, on, depth, page, measured);
  }
  return cost;
}

function costOfField(
  node: FieldNode,
  parent: GraphQLCompositeType,
  depth: number,
  page: number | null,
  measured: Measured,
): number {
  if (depth > maxDepth) refuse(`the query is nested deeper than ${maxDepth} levels`);
  if (node.alias && ++measured.aliases > maxAliases) refuse(`the query has more than ${maxAliases} aliases`);
  const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!field || !node.selectionSet) return 1 / 1000;
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 1 / 1000;
  const size = sizeOf(node, field, depth, measured);
  const isList = isListType(getNullableType(field.type));
  const times = isList ? (size ?? page ?? assumed.nested) : 1;
  return times * (1 + costOf(node.selectionSet, type, depth + 1, isList ? null : size, measured));
}

/** The page size that a field's arguments ask for, or what is assumed without one; null for a field without pages. */
function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  { variables }: Measured,
): number | null {
  const values = new Map(
    node.arguments?.map((argument) => [argument.name.value, valueOf(argument, variables)]),
  );
  const own = ownLists[field.name];
  const where = values.get('where');
  if (where !== undefined) checkFilter(where);
  if (!field.args.some(({ name }) => name === 'limit' || name === 'first')) return null;
  const asked = values.get('limit') ?? values.get('first');
  const offset = values.get('offset');
  if (typeof offset === 'number' && offset < 0) refuse(`${field.name}: offset must not be negative`);
  if (typeof asked !== 'number') return own ?? (depth === 1 ? assumed.root : assumed.nested);
  if (own === undefined && (asked < 0 || asked > maxPage)) {
    refuse(`${field.name}: a page holds 0 to ${maxPage}, not ${asked}`);
  }
  return asked;
}

function valueOf(argument: ArgumentNode, variables: Record<string, unknown>): unknown {
  return valueFromASTUntyped(argument.value, variables);
}

/** A filter becomes a statement as long as itself. */
function checkFilter(where: unknown): void {
  let parts = 0;
  let level = objectsIn([where]);
  while (level.length > 0) {
    level = level.flatMap(objectsIn);
    parts += level.length;
    if (parts > maxFilterParts) refuse(`a filter has more than ${maxFilterParts} parts`);
  }
}
