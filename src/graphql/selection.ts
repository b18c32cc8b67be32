import {
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/** The fields selected directly below some field nodes, by name; @skip and @include are not looked at. */
export function fieldsBelow(
  fieldNodes: readonly FieldNode[],
  fragments: Fragments,
): ReadonlyMap<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const known = fields.get(selection.name.value);
        if (known) known.push(selection);
        else fields.set(selection.name.value, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else {
        const fragment = fragments[selection.name.value];
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  for (const { selectionSet } of fieldNodes) if (selectionSet) collect(selectionSet);
  return fields;
}

const needingGraph = new WeakMap<readonly FieldNode[], boolean>();

/** True when the selection below the resolved field has more than plain values: relationships have to be read. */
export function needsGraph({ fieldNodes, fragments, returnType }: GraphQLResolveInfo): boolean {
  const known = needingGraph.get(fieldNodes);
  if (known !== undefined) return known;
  const type = getNamedType(returnType);
  const fieldTypes = isObjectType(type) ? type.getFields() : {};
  const needs = [...fieldsBelow(fieldNodes, fragments).keys()].some((name) => {
    const field = fieldTypes[name];
    return field !== undefined && !isLeafType(getNamedType(field.type));
  });
  needingGraph.set(fieldNodes, needs);
  return needs;
}
