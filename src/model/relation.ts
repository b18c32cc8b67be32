import { z } from 'zod';
import { id } from './artifact.js';
import { jsonObject, type Json } from './json.js';
import { relationType, type RelationType } from './vocabulary.js';

export const relateArtifactsInput = z.strictObject({
  productId: id,
  sourceId: id,
  type: relationType,
  metadata: jsonObject.nullish(),
});

/** One provenance edge: `productId` was made from `sourceId`. Times are milliseconds since 1970 in UTC. */
export interface Relation {
  id: string;
  productId: string;
  sourceId: string;
  type: RelationType;
  metadata: Record<string, Json> | null;
  createdAt: number;
}
