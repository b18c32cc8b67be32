import {
  getArgumentValues,
  getNamedType,
  isInputObjectType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

// @neo4j/graphql reads what it needs from a row by response keys, so an alias that is the name of another field would be
// taken for that field, and its order of equal rows is the database's whim. It is therefore never given a client's
// selection as it stands, but the same selection with keys of our own and with whole orders.

const sortVariable = 'the whole order number';

/**
 * Where a generated read leaves a field's value. No schema field begins like this, so values that were read for the
 * service (a node's id, what a stored JSON value requires) cannot be mistaken for a client's.
 */
export const generatedKey = (fieldName: string, responseKey: string) => `key_${fieldName}_${responseKey}`;

/** The field that tells nodes or relationships of a type apart. */
export function keyFieldOf(type: { getFields(): object }): 'id' | 'sha256' | null {
  const fields = type.getFields();
  return 'id' in fields ? 'id' : 'sha256' in fields ? 'sha256' : null;
}

/** A connection, one of its edges or its pageInfo: given by the service, not read under keys. */
const isFrame = (type: GraphQLObjectType) =>
  ['edges', 'cursor', 'hasNextPage'].some((name) => name in type.getFields());

/**
 * The last parts of a total order: what the given sort input tells nodes, and relationships of connections, apart by.
 * Two relationships may join the same nodes.
 */
export function wholeOrder(field: Pick<GraphQLField<unknown, unknown>, 'args'>): readonly object[] {
  const input = getNamedType(field.args.find(({ name }) => name === 'sort')?.type);
  if (!isInputObjectType(input)) return [];
  const key = keyFieldOf(input);
  if (key) return [{ [key]: 'ASC' }];
  const parts = ['node', 'edge'].flatMap((name) => {
    const inner = getNamedType(input.getFields()[name]?.type);
    const innerKey = isInputObjectType(inner) ? keyFieldOf(inner) : null;
    return innerKey ? [{ [name]: { [innerKey]: 'ASC' } }] : [];
  });
  return parts;
}

interface GeneratedSelection {
  selectionSet: SelectionSetNode;
  fragments: Record<string, FragmentDefinitionNode>;
  variableValues: Record<string, unknown>;
}

/** What is selected of a type, as generated reads may see it. */
export function generatedSelection(
  selections: readonly SelectionNode[],
  type: GraphQLObjectType,
  { schema, fragments, variableValues }: GraphQLResolveInfo,
): GeneratedSelection {
  const rewriting = new Rewriting(schema, { ...variableValues });
  const rewritten: Record<string, FragmentDefinitionNode> = {};
  for (const [name, fragment] of Object.entries(fragments)) {
    const on = schema.getType(fragment.typeCondition.name.value);
    if (isObjectType(on))
      rewritten[name] = { ...fragment, selectionSet: rewriting.ofSet(fragment.selectionSet, on) };
  }
  const selectionSet = rewriting.ofSet({ kind: Kind.SELECTION_SET, selections }, type);
  return { selectionSet, fragments: rewritten, variableValues: rewriting.variables };
}

/** Edges of which nothing but cursors is asked for are not read at all, unless something of the node is. */
function neededOf(type: GraphQLObjectType): SelectionNode[] {
  const node = 'cursor' in type.getFields() ? getNamedType(type.getFields().node?.type) : null;
  const key = isObjectType(node) ? keyFieldOf(node) : null;
  return key ? [fieldNode('node', [fieldNode(key)])] : [];
}

export const fieldNode = (name: string, selections?: readonly SelectionNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
  ...(selections ? { selectionSet: { kind: Kind.SELECTION_SET, selections } } : {}),
});

class Rewriting {
  private orders = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    readonly variables: Record<string, unknown>,
  ) {}

  ofSet(set: SelectionSetNode, type: GraphQLObjectType): SelectionSetNode {
    const selections = set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) return this.ofField(selection, type);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      const on = selection.typeCondition ? this.schema.getType(selection.typeCondition.name.value) : type;
      return { ...selection, selectionSet: this.ofSet(selection.selectionSet, isObjectType(on) ? on : type) };
    });
    return { ...set, selections: [...selections, ...neededOf(type)] };
  }

  private ofField(node: FieldNode, parent: GraphQLObjectType): FieldNode {
    const name = node.name.value;
    const field = parent.getFields()[name];
    if (!field) return node;
    const type = getNamedType(field.type);
    const key = generatedKey(name, node.alias?.value ?? name);
    const { alias: _, ...unnamed } = node;
    return {
      ...unnamed,
      ...(isFrame(parent) ? {} : { alias: { kind: Kind.NAME, value: key } }),
      arguments: this.withWholeOrder(node, field),
      ...(node.selectionSet && isObjectType(type)
        ? { selectionSet: this.ofSet(node.selectionSet, type) }
        : {}),
    };
  }

  private withWholeOrder(node: FieldNode, field: GraphQLField<unknown, unknown>): FieldNode['arguments'] {
    const last = wholeOrder(field);
    if (last.length === 0) return node.arguments;
    const { sort } = getArgumentValues(field, node, this.variables);
    const name = `${sortVariable} ${++this.orders}`;
    this.variables[name] = [...(Array.isArray(sort) ? (sort as unknown[]) : []), ...last];
    return [
      ...(node.arguments ?? []).filter((argument) => argument.name.value !== 'sort'),
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'sort' },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      },
    ];
  }
}
