import { z } from 'zod';
import { id } from '../model/identifiers.js';
import { listOf } from '../model/list.js';
import { relationType } from '../model/vocabulary.js';

export const lineageDirections = ['upstream', 'downstream', 'both'] as const;
export type LineageDirection = (typeof lineageDirections)[number];

/** The longest way and the largest answer that a request may ask for. */
export const maxDepth = 1000;
export const maxLimit = 100_000;
/** A type may be named twice, so this is more than there are. */
export const maxRelationTypes = 30;

/**
 * `depth` in steps from the artifact; `limit` counts the artifacts besides the one asked for, over both directions.
 * `relationTypes` narrows which edges are followed and given.
 */
export const traceLineageInput = z.strictObject({
  artifactId: id,
  direction: z.enum(lineageDirections).default('both'),
  depth: z.number().int().min(1).max(maxDepth).default(20),
  limit: z.number().int().min(1).max(maxLimit).default(1000),
  relationTypes: listOf(relationType, maxRelationTypes)
    .min(1, 'names no relation type; leave it out for all')
    .nullish(),
});

/** Stored properties of an artifact that a trace can bring along; times come as milliseconds since 1970 UTC. */
export const artifactProperties = [
  'type',
  'lifecycleState',
  'contentHash',
  'path',
  'url',
  'payload',
  'payloadFormat',
  'metadata',
  'mimeType',
  'sizeBytes',
  'description',
  'safetyScore',
  'createdByAgent',
  'externalId',
  'generation',
  'storedAt',
] as const;
export type ArtifactProperty = (typeof artifactProperties)[number];

export const edgeProperties = ['id', 'metadata', 'createdAt'] as const;
export type EdgeProperty = (typeof edgeProperties)[number];

/** What a trace brings along besides ids, depths and creation times. */
export interface TraceColumns {
  artifactProperties: readonly ArtifactProperty[];
  /** null leaves the edges out. */
  edgeProperties: readonly EdgeProperty[] | null;
}

export interface TraceRequest {
  /** Where to start: the answer's distances are the least from any of them. */
  artifactIds: readonly string[];
  direction: LineageDirection;
  depth: number;
  limit: number;
  /** null follows all types. */
  relationTypes: readonly RelationTypeName[] | null;
  columns: TraceColumns;
}

type RelationTypeName = z.output<typeof relationType>;
