import { z } from 'zod';
import { entity, type ValueOf } from './entity.js';
import { id, time } from './identifiers.js';
import { metadata } from './json.js';
import { relationType, relationTypes } from './vocabulary.js';

/** One provenance edge: `productId` was made from `sourceId`. Times are milliseconds since 1970 in UTC. */
export const relationEntity = entity(
  'relation',
  { types: relationTypes, from: 'Artifact', to: 'Artifact' },
  {
    id: { shape: id, stored: 'text', rest: 'relation_id' },
    sourceId: { shape: id, stored: { end: 'end' }, rest: 'from_artifact_id', note: 'The source' },
    productId: { shape: id, stored: { end: 'start' }, rest: 'to_artifact_id', note: 'The product' },
    type: { shape: z.enum(relationTypes), stored: 'type', rest: 'relation_type' },
    metadata: { shape: metadata, stored: 'json', optional: true },
    createdAt: { shape: time, stored: 'time' },
  },
  { edgeKey: 'productId|sourceId' },
);
export type Relation = ValueOf<typeof relationEntity>;

export const relateArtifactsInput = z.strictObject({
  productId: id,
  sourceId: id,
  type: relationType,
  metadata: metadata.nullish(),
});
