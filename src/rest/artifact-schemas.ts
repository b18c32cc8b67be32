import { z } from 'zod';
import { artifactEntity, maxItems, maxSources, type Artifact } from '../model/artifact.js';
import { sha256 } from '../model/digest.js';
import { metadata as modelMetadata } from '../model/json.js';
import { listOf } from '../model/list.js';
import { relationEntity, type Relation } from '../model/relation.js';
import { artifactType, lifecycleState, lifecycleStates } from '../model/vocabulary.js';
import { answerBody, answerSchema, modelInput, requestShape } from './entity-schemas.js';
import { count, described, id, idParam, relationTypeIn, wholeNumber } from './schema-parts.js';

const metadata = described(modelMetadata).nullish();

const sourceIn = z
  .strictObject({ artifact_id: id, relation_type: relationTypeIn, metadata })
  .transform(({ artifact_id, relation_type, metadata }) => ({
    artifactId: artifact_id,
    type: relation_type,
    metadata,
  }));

const factsIn = { ...requestShape(artifactEntity), sources: listOf(sourceIn, maxSources).default([]) };
const toFacts = (body: object) => modelInput(artifactEntity, body);

export const artifactIn = z.strictObject(factsIn).transform(toFacts).meta({ id: 'NewArtifact' });

export const batchIn = z
  .strictObject({
    artifacts: listOf(z.strictObject({ ref: id, ...factsIn }).transform(toFacts), maxItems).default([]),
    relations: listOf(
      z
        .strictObject({ product: id, source: id, relation_type: relationTypeIn, metadata })
        .transform(({ relation_type, ...relation }) => ({ ...relation, type: relation_type })),
      maxItems,
    ).default([]),
  })
  .meta({ id: 'Batch' });

export const batchOut = z
  .object({
    artifacts: z.array(z.object({ ref: z.string(), artifact_id: z.string() })),
    relations: count.meta({ description: 'Relations that this call created' }),
  })
  .meta({ id: 'RegisteredBatch' });

export const relationIn = z
  .strictObject({ source_artifact_id: id, relation_type: relationTypeIn, metadata })
  .meta({ id: 'NewRelation' });

export const artifactOut = answerSchema(artifactEntity, 'Artifact');
export type ArtifactOut = z.input<typeof artifactOut>;

export const artifactBody: (artifact: Artifact) => ArtifactOut = answerBody(artifactEntity);

export const relationOut = answerSchema(relationEntity, 'Relation');

export const relationBody: (relation: Relation) => z.input<typeof relationOut> = answerBody(relationEntity);

export const artifactParams = z.object({ id: idParam });

export const stateFilter = z.enum([...lifecycleStates, 'any']);

export const listQuery = z.strictObject({
  state: stateFilter.default('published'),
  artifact_type: artifactType.optional(),
  content_hash: sha256.optional(),
  created_by_step_id: id.optional(),
  story_id: id.optional(),
  run_id: id.optional(),
  limit: wholeNumber(1, 1000).default(100),
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  cursor: z.string().optional().meta({ description: "Of the Link header's next page; goes without offset" }),
});

export const stateQuery = z.strictObject({ new_state: lifecycleState.optional() });
export const stateIn = z.strictObject({ new_state: lifecycleState }).nullish().meta({ id: 'NewState' });
