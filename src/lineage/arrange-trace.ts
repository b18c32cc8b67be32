import { relationTypes, type RelationType } from '../model/vocabulary.js';
import type { Trace, TraceEdges } from './trace.js';
import type { ArtifactProperty, EdgeProperty, TraceRequest } from './trace-request.js';

/** What a statement found, in the order in which the database came by it. */
export interface Found {
  ids: string[];
  /** What the edges name the artifacts by. */
  numbers: number[];
  depths: number[];
  createdAt: number[];
  properties: unknown[][];
  products: number[];
  sources: number[];
  types: RelationType[];
  edgeProperties: unknown[][];
}

/** Puts what was found into the order of a trace, and drops edges that lead out of it or were not asked for. */
export function arrangeTrace(request: TraceRequest, found: Found, truncated: boolean): Trace {
  const order = orderOf(found);
  const { artifactProperties, edgeProperties } = request.columns;
  return {
    asked: request,
    given: found.depths.filter((depth) => depth === 0).length,
    ids: pick(found.ids, order),
    numbers: pick(found.numbers, order),
    depths: pick(found.depths, order),
    createdAt: pick(found.createdAt, order),
    properties: zip<ArtifactProperty>(artifactProperties, found.properties, order),
    edges: edgeProperties && arrangeEdges(request, found, order),
    truncated,
  };
}

/** `column` at these positions; every position is one of the column's. */
function pick<T>(column: readonly T[], positions: ArrayLike<number>): T[] {
  const picked = new Array<T>(positions.length);
  for (let n = 0; n < positions.length; n++) picked[n] = column[positions[n] as number] as T;
  return picked;
}

function zip<Name>(
  names: readonly Name[],
  columns: readonly unknown[][],
  positions: ArrayLike<number>,
): Map<Name, unknown[]> {
  return new Map(names.map((name, n) => [name, pick(columns[n] ?? [], positions)]));
}

/** Nearest first, ties by creation time, then id. The given ones have depth 0. */
function orderOf({ ids, depths, createdAt }: Found): Uint32Array {
  const order = Uint32Array.from(ids.keys());
  const compare = (a: number, b: number): number =>
    Math.abs(depths[a] as number) - Math.abs(depths[b] as number) ||
    (createdAt[a] as number) - (createdAt[b] as number) ||
    ((ids[a] as string) < (ids[b] as string) ? -1 : 1);
  return order.sort(compare);
}

function arrangeEdges(request: TraceRequest, found: Found, order: Uint32Array): TraceEdges {
  const positions = new Map<number, number>();
  for (let n = 0; n < order.length; n++) positions.set(found.numbers[order[n] as number] as number, n);
  const wanted = new Set<RelationType>(request.relationTypes ?? relationTypes);
  const places = new EdgePlaces(order.length);
  for (let edge = 0; edge < found.types.length; edge++) {
    const type = found.types[edge] as RelationType;
    const product = positions.get(found.products[edge] as number);
    const source = positions.get(found.sources[edge] as number);
    if (product !== undefined && source !== undefined && wanted.has(type))
      places.add(product, source, type, edge);
  }
  const { products, sources, types, edges } = places.inOrder();
  const names = request.columns.edgeProperties ?? [];
  return { products, sources, types, properties: zip<EdgeProperty>(names, found.edgeProperties, edges) };
}

/** Sorts edges by the places of product and source and by type, as single numbers: no two edges have all three in common. */
export class EdgePlaces {
  /** place → the edge's position among those found */
  private readonly edges = new Map<number, number>();

  constructor(private readonly artifacts: number) {}

  add(product: number, source: number, type: RelationType, edge: number): void {
    const place = (product * this.artifacts + source) * relationTypes.length + relationTypes.indexOf(type);
    this.edges.set(place, edge);
  }

  inOrder(): Omit<TraceEdges, 'properties'> & { edges: number[] } {
    const ordered = Float64Array.from(this.edges.keys()).sort();
    const products: number[] = [];
    const sources: number[] = [];
    const types: RelationType[] = [];
    const edges: number[] = [];
    for (const place of ordered) {
      const ends = Math.floor(place / relationTypes.length);
      products.push(Math.floor(ends / this.artifacts));
      sources.push(ends % this.artifacts);
      types.push(relationTypes[place % relationTypes.length] as RelationType);
      edges.push(this.edges.get(place) as number);
    }
    return { products, sources, types, edges };
  }
}
