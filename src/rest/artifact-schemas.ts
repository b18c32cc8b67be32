import { z } from 'zod';
import { artifactFacts, type Artifact } from '../model/artifact.js';
import type { Relation } from '../model/relation.js';
import { artifactTypes, lifecycleState, lifecycleStates } from '../model/vocabulary.js';
import {
  count,
  id,
  idParam,
  isoTime,
  json,
  jsonObject,
  relationTypeIn,
  relationTypeOut,
  time,
  wholeNumber,
} from './schema-parts.js';

const facts = artifactFacts.shape;

const sourceIn = z
  .strictObject({ artifact_id: id, relation_type: relationTypeIn, metadata: jsonObject.nullish() })
  .transform(({ artifact_id, relation_type, metadata }) => ({
    artifactId: artifact_id,
    type: relation_type,
    metadata,
  }));

const factsIn = {
  artifact_type: facts.type,
  artifact_path: facts.path,
  artifact_url: facts.url,
  artifact_payload: json.nullish(),
  metadata: jsonObject.nullish(),
  description: facts.description,
  mime_type: facts.mimeType,
  file_size: facts.sizeBytes,
  safety_score: facts.safetyScore,
  created_by_agent: facts.createdByAgent,
  created_by_step_id: id.nullish(),
  content_hash: facts.contentHash,
  external_id: facts.externalId,
  sources: z.array(sourceIn).max(1000).default([]),
};

const artifactObject = z.strictObject(factsIn);

function toFacts(body: z.output<typeof artifactObject>) {
  return {
    type: body.artifact_type,
    path: body.artifact_path,
    url: body.artifact_url,
    payload: body.artifact_payload,
    metadata: body.metadata,
    description: body.description,
    mimeType: body.mime_type,
    sizeBytes: body.file_size,
    safetyScore: body.safety_score,
    createdByAgent: body.created_by_agent,
    createdByStepId: body.created_by_step_id,
    contentHash: body.content_hash,
    externalId: body.external_id,
    sources: body.sources,
  };
}

export const artifactIn = artifactObject.transform(toFacts).meta({ id: 'NewArtifact' });

export const batchIn = z
  .strictObject({
    artifacts: z
      .array(
        z.strictObject({ ref: id, ...factsIn }).transform(({ ref, ...body }) => ({ ref, ...toFacts(body) })),
      )
      .max(10_000)
      .default([]),
    relations: z
      .array(
        z
          .strictObject({
            product: id,
            source: id,
            relation_type: relationTypeIn,
            metadata: jsonObject.nullish(),
          })
          .transform(({ relation_type, ...relation }) => ({ ...relation, type: relation_type })),
      )
      .default([]),
  })
  .meta({ id: 'Batch' });

export const batchOut = z
  .object({
    artifacts: z.array(z.object({ ref: z.string(), artifact_id: z.string() })),
    relations: count.meta({ description: 'Relations that this call created' }),
  })
  .meta({ id: 'RegisteredBatch' });

export const relationIn = z
  .strictObject({ source_artifact_id: id, relation_type: relationTypeIn, metadata: jsonObject.nullish() })
  .meta({ id: 'NewRelation' });

const text = z.string().nullable();

export const artifactOut = z
  .object({
    artifact_id: z.string(),
    artifact_type: z.enum(artifactTypes),
    lifecycle_state: z.enum(lifecycleStates),
    artifact_path: text,
    artifact_url: text,
    artifact_payload: json,
    metadata: jsonObject.nullable(),
    description: text,
    content_hash: text,
    mime_type: text,
    file_size: count.nullable(),
    safety_score: z.number().nullable(),
    created_by_agent: text,
    created_by_step_id: text,
    external_id: text,
    generation: count,
    created_at: time,
    stored_at: time,
  })
  .meta({ id: 'Artifact' });
export type ArtifactOut = z.input<typeof artifactOut>;

export function artifactBody(artifact: Artifact): ArtifactOut {
  return {
    artifact_id: artifact.id,
    artifact_type: artifact.type,
    lifecycle_state: artifact.lifecycleState,
    artifact_path: artifact.path,
    artifact_url: artifact.url,
    artifact_payload: artifact.payload,
    metadata: artifact.metadata,
    description: artifact.description,
    content_hash: artifact.contentHash,
    mime_type: artifact.mimeType,
    file_size: artifact.sizeBytes,
    safety_score: artifact.safetyScore,
    created_by_agent: artifact.createdByAgent,
    created_by_step_id: artifact.createdByStepId,
    external_id: artifact.externalId,
    generation: artifact.generation,
    created_at: isoTime(artifact.createdAt),
    stored_at: isoTime(artifact.storedAt),
  };
}

export const relationOut = z
  .object({
    relation_id: z.string(),
    from_artifact_id: z.string().meta({ description: 'The source' }),
    to_artifact_id: z.string().meta({ description: 'The product' }),
    relation_type: relationTypeOut,
    metadata: jsonObject.nullable(),
    created_at: time,
  })
  .meta({ id: 'Relation' });

export function relationBody(relation: Relation): z.input<typeof relationOut> {
  return {
    relation_id: relation.id,
    from_artifact_id: relation.sourceId,
    to_artifact_id: relation.productId,
    relation_type: relation.type,
    metadata: relation.metadata,
    created_at: isoTime(relation.createdAt),
  };
}

export const artifactParams = z.object({ id: idParam });

export const stateFilter = z.enum([...lifecycleStates, 'any']);

export const listQuery = z.strictObject({
  state: stateFilter.default('published'),
  artifact_type: facts.type.optional(),
  content_hash: facts.contentHash.unwrap().unwrap().optional(),
  created_by_step_id: id.optional(),
  story_id: id.optional(),
  run_id: id.optional(),
  limit: wholeNumber(1, 1000).default(100),
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  cursor: z.string().optional().meta({ description: "Of the Link header's next page; goes without offset" }),
});

export const stateQuery = z.strictObject({ new_state: lifecycleState.optional() });
export const stateIn = z.strictObject({ new_state: lifecycleState }).nullish().meta({ id: 'NewState' });
