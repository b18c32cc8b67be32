import type { RelationType } from '../model/vocabulary.js';
import type { Trace, TraceEdges } from './trace.js';
import type { ArtifactProperty, EdgeProperty, TraceRequest } from './trace-request.js';

/** What a statement found, in the order in which the database came by it. */
export interface Found<Key> {
  ids: string[];
  depths: number[];
  createdAt: number[];
  properties: unknown[][];
  /** By what the edges name the artifacts: in the order of `ids`. */
  keys: readonly Key[];
  products: Key[];
  sources: Key[];
  types: RelationType[];
  edgeProperties: unknown[][];
}

/** Puts what was found into the order of a trace, and drops edges that lead out of it or were not asked for. */
export function arrangeTrace<Key>(request: TraceRequest, found: Found<Key>, truncated: boolean): Trace {
  const order = orderOf(found);
  const inOrder = <T>(column: readonly T[]): T[] => pick(column, order);
  return {
    given: found.depths.filter((depth) => depth === 0).length,
    ids: inOrder(found.ids),
    depths: inOrder(found.depths),
    createdAt: inOrder(found.createdAt),
    properties: zip<ArtifactProperty>(request.columns.artifactProperties, found.properties, inOrder),
    edges: request.columns.edgeProperties && arrangeEdges(request, found, order),
    truncated,
  };
}

/** `column` at these positions; every position is one of the column's. */
function pick<T>(column: readonly T[], positions: ArrayLike<number>): T[] {
  return Array.from(positions, (position) => column[position] as T);
}

function zip<Name>(
  names: readonly Name[],
  columns: readonly unknown[][],
  arrange: (column: unknown[]) => unknown[],
): Map<Name, unknown[]> {
  return new Map(names.map((name, position) => [name, arrange(columns[position] ?? [])]));
}

/** Nearest first, ties by creation time, then id. The given ones have depth 0. */
function orderOf({ ids, depths, createdAt }: Found<unknown>): Uint32Array {
  const at = (column: readonly number[], position: number) => column[position] ?? 0;
  const byId = (a: number, b: number) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1);
  return Uint32Array.from(ids.keys()).sort(
    (a, b) =>
      Math.abs(at(depths, a)) - Math.abs(at(depths, b)) || at(createdAt, a) - at(createdAt, b) || byId(a, b),
  );
}

function arrangeEdges<Key>(request: TraceRequest, found: Found<Key>, order: Uint32Array): TraceEdges {
  const positions = new Map<Key, number>();
  for (const [position, of] of order.entries()) positions.set(found.keys[of] as Key, position);
  const products = found.products.map((key) => positions.get(key) ?? -1);
  const sources = found.sources.map((key) => positions.get(key) ?? -1);
  const wanted = request.relationTypes ? new Set<RelationType>(request.relationTypes) : null;
  const kept: number[] = [];
  for (const [edge, type] of found.types.entries()) {
    if (products[edge] !== -1 && sources[edge] !== -1 && (!wanted || wanted.has(type))) kept.push(edge);
  }
  const at = (column: readonly number[], edge: number) => column[edge] ?? 0;
  kept.sort(
    (a, b) =>
      at(products, a) - at(products, b) ||
      at(sources, a) - at(sources, b) ||
      ((found.types[a] ?? '') < (found.types[b] ?? '') ? -1 : 1),
  );
  return {
    products: pick(products, kept),
    sources: pick(sources, kept),
    types: pick(found.types, kept),
    properties: zip<EdgeProperty>(request.columns.edgeProperties ?? [], found.edgeProperties, (column) =>
      pick(column, kept),
    ),
  };
}
