import {
  Kind,
  OperationTypeNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Trace } from '../lineage/trace.js';
import { artifactCells, edgeCells, nodeCells, type Cell, type Cells } from './lineage-cells.js';

// The general executor visits every field of every node: a second of work for a hundred thousand nodes. An operation
// that asks only for what a trace brings is compiled instead: once for each document, then run over whole columns.

type Row = Record<string, unknown>;
/** Makes rows of a source, from one position up to another. */
type Rows<Source> = (source: Source, from: number, to: number) => Row[];
/** The response key of a field, and where its values come from. */
type Column<Source> = readonly [key: string, make: (source: Source) => Cell];

export interface PlainField {
  /** The response key. */
  key: string;
  node: FieldNode;
  answer: (trace: Trace) => Row;
}

const compiled = new WeakMap<OperationDefinitionNode, PlainField[] | null>();

/** An operation that asks for nothing but `lineage`, and of it for what a trace brings itself; null for any other. */
export function compilePlainLineage(
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
): PlainField[] | null {
  const known = compiled.get(operation);
  if (known !== undefined) return known;
  const plain = compile(operation, new Map(fragments.map((fragment) => [fragment.name.value, fragment])));
  compiled.set(operation, plain);
  return plain;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function compile(
  { operation, selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
): PlainField[] | null {
  if (operation !== OperationTypeNode.QUERY) return null;
  return mapAll(flatten(selectionSet, 'Query', fragments), (node) => {
    const answer = node.name.value === 'lineage' ? compileLineage(node, fragments) : null;
    return answer && { key: keyOf(node), node, answer };
  });
}

const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

/** All of the items mapped, or null when there are none to map or one of them gives null. */
function mapAll<T, U>(items: readonly T[] | null, map: (item: T) => U | null): U[] | null {
  if (!items) return null;
  const mapped: U[] = [];
  for (const item of items) {
    const made = map(item);
    if (made === null) return null;
    mapped.push(made);
  }
  return mapped;
}

/** The selected fields with fragments put in their places; null for anything that takes the general executor. */
function flatten(set: SelectionSetNode | undefined, type: string, fragments: Fragments): FieldNode[] | null {
  const fields: FieldNode[] = [];
  for (const selection of set?.selections ?? []) {
    if (selection.directives?.length) return null;
    if (selection.kind === Kind.FIELD) {
      fields.push(selection);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const on = fragment?.typeCondition?.name.value ?? type;
    const inner = fragment && on === type ? flatten(fragment.selectionSet, type, fragments) : null;
    if (!inner) return null;
    fields.push(...inner);
  }
  const keys = new Set(fields.map(keyOf));
  return keys.size === fields.length && !keys.has('__proto__') ? fields : null;
}

function columnOf<Source>(field: FieldNode, cells: Cells<Source>): Column<Source> | null {
  const make = Object.hasOwn(cells, field.name.value) ? cells[field.name.value] : undefined;
  return make ? [keyOf(field), make] : null;
}

function rowsOf<Source>(columns: readonly Column<Source>[] | null): Rows<Source> | null {
  if (!columns) return null;
  return (source, from, to) => {
    const made = columns.map(([key, make]) => [key, make(source)] as const);
    const rows: Row[] = [];
    for (let position = from; position < to; position++) {
      const row: Row = {};
      for (const [key, cell] of made) row[key] = cell(position);
      rows.push(row);
    }
    return rows;
  };
}

function compileLineage(node: FieldNode, fragments: Fragments): PlainField['answer'] | null {
  const parts = mapAll(flatten(node.selectionSet, 'Lineage', fragments), (field) => {
    const part = compilePart(field, fragments);
    return part && ([keyOf(field), part] as const);
  });
  return parts && ((trace) => Object.fromEntries(parts.map(([key, part]) => [key, part(trace)])));
}

function compilePart(field: FieldNode, fragments: Fragments): ((trace: Trace) => unknown) | null {
  switch (field.name.value) {
    case '__typename':
      return () => 'Lineage';
    case 'totalCount':
      return ({ ids }) => ids.length;
    case 'truncated':
      return ({ truncated }) => truncated;
    case 'artifact': {
      const rows = compileArtifact(field, fragments);
      return rows && ((trace) => rows(trace, 0, 1)[0]);
    }
    case 'nodes': {
      const fields = flatten(field.selectionSet, 'LineageNode', fragments);
      const rows = rowsOf(mapAll(fields, (inner) => nodeColumn(inner, fragments)));
      return rows && ((trace) => rows(trace, 1, trace.ids.length));
    }
    case 'edges': {
      const fields = flatten(field.selectionSet, 'LineageEdge', fragments);
      const rows = rowsOf(mapAll(fields, (inner) => columnOf(inner, edgeCells)));
      return rows && (({ ids, edges }) => (edges ? rows({ ids, edges }, 0, edges.types.length) : []));
    }
    default:
      return null;
  }
}

function nodeColumn(field: FieldNode, fragments: Fragments): Column<Trace> | null {
  if (field.name.value !== 'artifact') return columnOf(field, nodeCells);
  const rows = compileArtifact(field, fragments);
  if (!rows) return null;
  const make = (trace: Trace): Cell => {
    const artifacts = rows(trace, 0, trace.ids.length);
    return (position) => artifacts[position];
  };
  return [keyOf(field), make];
}

function compileArtifact(field: FieldNode, fragments: Fragments): Rows<Trace> | null {
  const fields = flatten(field.selectionSet, 'Artifact', fragments);
  return rowsOf(mapAll(fields, (inner) => columnOf(inner, artifactCells)));
}
