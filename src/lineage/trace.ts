import type { RelationType } from '../model/vocabulary.js';
import type { ArtifactProperty, EdgeProperty, TraceRequest } from './trace-request.js';

/**
 * A part of the provenance graph in columns: one array for each fact, since an answer may hold a hundred thousand
 * artifacts. The artifacts asked for come first (depth 0), the others nearest first, ties by creation time, then id.
 */
export interface Trace {
  /** What was followed. */
  asked: Pick<TraceRequest, 'direction' | 'relationTypes'>;
  /** How many of the artifacts are those asked for. */
  given: number;
  ids: string[];
  /** The database's own numbers of the artifacts, by which it finds them fastest: one is reused when its artifact is erased. */
  numbers: number[];
  /** Steps from the nearest artifact asked for: positive upstream, negative downstream. */
  depths: number[];
  /** Milliseconds since 1970 UTC. */
  createdAt: number[];
  /** Values as stored, in the order of `ids`. */
  properties: ReadonlyMap<ArtifactProperty, unknown[]>;
  /** All edges with both ends in `ids`; null when they were not asked for. */
  edges: TraceEdges | null;
  /** True when the depth or the limit cut something off. */
  truncated: boolean;
}

/** Ends are positions in the trace's `ids`; in the order of the products, then the sources, then the types. */
export interface TraceEdges {
  products: number[];
  sources: number[];
  types: RelationType[];
  properties: ReadonlyMap<EdgeProperty, unknown[]>;
}

/** The trace from no artifact. */
export const emptyTrace: Trace = {
  asked: { direction: 'both', relationTypes: null },
  given: 0,
  ids: [],
  numbers: [],
  depths: [],
  createdAt: [],
  properties: new Map(),
  edges: null,
  truncated: false,
};
