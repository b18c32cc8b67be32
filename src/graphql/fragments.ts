import { Kind, type DocumentNode, type FragmentDefinitionNode } from 'graphql';

interface Fragments {
  list: readonly FragmentDefinitionNode[];
  byName: Readonly<Record<string, FragmentDefinitionNode>>;
}

const known = new WeakMap<DocumentNode, Fragments>();

/** The fragments that a document defines; looked for once, since documents are kept between requests. */
export function fragmentsOf(document: DocumentNode): Fragments {
  const found = known.get(document);
  if (found) return found;
  const list = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const byName = Object.fromEntries(list.map((fragment) => [fragment.name.value, fragment]));
  const made = { list, byName };
  known.set(document, made);
  return made;
}
