import { z } from 'zod';
import type { Context } from '../context.js';
import { jsonObject } from '../model/json.js';
import type { Relation } from '../model/relation.js';
import { readLineage } from './read-trace.js';
import type { Trace } from './trace.js';

export interface LineageNode {
  artifactId: string;
  /** The least number of steps from the artifact asked for. */
  depth: number;
  direction: 'upstream' | 'downstream';
}

export interface Lineage {
  artifactId: string;
  /** Each artifact once, nearest first, ties by creation time, then id; without the one asked for. */
  nodes: LineageNode[];
  /** All relations with both ends in the answer. */
  edges: Relation[];
  /** 1 + the number of nodes. */
  totalCount: number;
  /** True when the depth or the limit cut something off. */
  truncated: boolean;
}

/**
 * Where an artifact came from and what was made from it.
 * @param input `traceLineageInput`: {artifactId, direction, depth, limit, relationTypes?}
 * @throws InvalidInput; NotFound
 */
export async function traceLineage(ctx: Pick<Context, 'db'>, input: unknown): Promise<Lineage> {
  const columns = { artifactProperties: [], edgeProperties: ['id', 'metadata', 'createdAt'] } as const;
  return toLineage(await readLineage(ctx, input, columns));
}

/** A trace from one artifact, with all edge properties, as objects. */
function toLineage(trace: Trace): Lineage {
  const { ids, depths, given, truncated } = trace;
  return {
    artifactId: ids[0] ?? '',
    nodes: ids.slice(given).map((artifactId, position) => {
      const depth = depths[given + position] ?? 0;
      return { artifactId, depth: Math.abs(depth), direction: depth < 0 ? 'downstream' : 'upstream' };
    }),
    edges: toRelations(trace),
    totalCount: ids.length,
    truncated,
  };
}

const edgeFacts = z.object({ id: z.string(), createdAt: z.number(), metadata: z.string().nullable() });

function toRelations({ ids, edges }: Trace): Relation[] {
  if (!edges) return [];
  const { products, sources, types, properties } = edges;
  return types.map((type, position) => {
    const at = (name: 'id' | 'createdAt' | 'metadata') => properties.get(name)?.[position];
    const { metadata, ...facts } = edgeFacts.parse({
      id: at('id'),
      createdAt: at('createdAt'),
      metadata: at('metadata') ?? null,
    });
    return {
      ...facts,
      productId: ids[products[position] ?? -1] ?? '',
      sourceId: ids[sources[position] ?? -1] ?? '',
      type,
      metadata: metadata === null ? null : jsonObject.parse(JSON.parse(metadata)),
    };
  });
}
