import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { NotFound } from '../errors.js';
import type { RelationType } from '../model/vocabulary.js';
import {
  artifactProperties,
  edgeProperties,
  type ArtifactProperty,
  type EdgeProperty,
  type TraceColumns,
} from '../lineage/trace-request.js';
import type { Trace } from '../lineage/trace.js';
import { parseStoredJson } from '../model/json.js';
import { isoTime } from '../model/iso-time.js';
import type { GraphNode } from './load-nodes.js';
import { fieldsBelow } from './selection.js';

/** Fields whose stored properties have other names. */
const propertiesOf: Record<string, ArtifactProperty[]> = {
  payload: ['payload', 'payloadFormat'],
  payloadText: ['payload'],
  metadata: ['metadata'],
  metadataText: ['metadata'],
};
const fieldOf = (property: ArtifactProperty) =>
  property === 'payload' || property === 'metadata' ? `${property}Text` : property;

/** What a trace has to bring so that plain fields below `lineage` need no further statement. */
export function columnsSelected(
  lineage: readonly FieldNode[],
  fragments: GraphQLResolveInfo['fragments'],
): TraceColumns {
  const fields = fieldsBelow(lineage, fragments);
  const below = (nodes: readonly FieldNode[] | undefined) => fieldsBelow(nodes ?? [], fragments);
  const artifacts = [
    ...(fields.get('artifact') ?? []),
    ...(below(fields.get('nodes')).get('artifact') ?? []),
  ];
  const wanted = new Set([...below(artifacts).keys()].flatMap((name) => propertiesOf[name] ?? [name]));
  const edges = fields.get('edges');
  const edgeFields = below(edges);
  return {
    artifactProperties: artifactProperties.filter((property) => wanted.has(property)),
    edgeProperties:
      edges || fields.has('cuts') ? edgeProperties.filter((property) => edgeFields.has(property)) : null,
  };
}

/** A trace as the resolvers of `Lineage` expect it; its lists are made when they are asked for. */
export function lineageSource(trace: Trace) {
  return {
    artifact: () => {
      if (trace.ids.length === 0) throw new NotFound('artifact', 'of a story without links');
      return artifactAt(trace, 0);
    },
    nodes: () => trace.ids.slice(1).map((_, position) => nodeAt(trace, position + 1)),
    edges: () => trace.edges?.types.map((type, position) => edgeAt(trace, type, position)) ?? [],
    totalCount: trace.ids.length,
    truncated: trace.truncated,
    trace,
  };
}

function nodeAt(trace: Trace, position: number) {
  const depth = trace.depths[position] ?? 0;
  return {
    artifact: artifactAt(trace, position),
    depth: Math.abs(depth),
    direction: depth < 0 ? 'downstream' : 'upstream',
  };
}

function artifactAt({ ids, createdAt, properties }: Trace, position: number): GraphNode {
  const artifact: GraphNode = {
    id: ids[position],
    get createdAt() {
      return isoTime(createdAt[position] ?? 0);
    },
  };
  for (const [property, column] of properties) {
    const value = column[position];
    artifact[fieldOf(property)] =
      property === 'storedAt' && typeof value === 'number' ? isoTime(value) : value;
  }
  return artifact;
}

function edgeAt({ ids, edges }: Trace, type: RelationType, position: number): GraphNode {
  const at = (name: EdgeProperty) => edges?.properties.get(name)?.[position];
  const [createdAt, metadata] = [at('createdAt'), at('metadata')];
  return {
    id: at('id'),
    type,
    productId: ids[edges?.products[position] ?? -1],
    sourceId: ids[edges?.sources[position] ?? -1],
    metadata: typeof metadata === 'string' ? parseStoredJson(metadata) : null,
    createdAt: typeof createdAt === 'number' ? isoTime(createdAt) : null,
  };
}
