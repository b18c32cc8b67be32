import { GraphQLError, Kind, type GraphQLScalarType, type ValueNode } from 'graphql';
import { fitsDouble } from '../model/exact-number.js';
import { cutText } from '../model/text.js';

function refuse(message: string, node: ValueNode): never {
  throw new GraphQLError(message, { nodes: node });
}

function numberOf(node: ValueNode & { value: string }): number {
  if (fitsDouble(node.value)) return Number(node.value);
  return refuse(
    `JSON cannot keep the number ${cutText(node.value, 40, '…')} exactly; write it as a string`,
    node,
  );
}

/**
 * A literal in the query text as the JSON value that it spells. A variable that was not given is left out of an object
 * and null in a list, as in input objects and lists (GraphQL specification, 3.10 and 3.11).
 */
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
      return node.values.map((value) => readLiteral(value, variables) ?? null);
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields
          .map(({ name, value }): [string, unknown] => [name.value, readLiteral(value, variables)])
          .filter(([, value]) => value !== undefined),
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
