import { GraphQLError, Kind, type GraphQLScalarType, type ValueNode } from 'graphql';

function refuse(message: string, node: ValueNode): never {
  throw new GraphQLError(message, { nodes: node });
}

function numberOf(node: ValueNode & { value: string }): number {
  const value = Number(node.value);
  const exact = Number.isFinite(value) && (node.kind === Kind.FLOAT || Number.isSafeInteger(value));
  return exact ? value : refuse(`JSON cannot keep the number ${node.value.slice(0, 40)} as it is`, node);
}

/** A literal in the query text as the JSON value that it spells. */
function readLiteral(node: ValueNode, variables: Record<string, unknown> | null | undefined): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return numberOf(node);
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return node.values.map((value) => readLiteral(value, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, readLiteral(value, variables)]),
      );
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    case Kind.ENUM:
      return refuse(`JSON has no word ${node.value}; strings need quotes`, node);
    default:
      return node satisfies never;
  }
}

/** Makes the JSON scalar give values as they are and read literals exactly; what cannot be kept is refused later. */
export function makeJsonExact(scalar: GraphQLScalarType): void {
  scalar.serialize = (value) => value;
  scalar.parseValue = (value) => value;
  scalar.parseLiteral = readLiteral;
}
