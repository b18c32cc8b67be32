import { z } from 'zod';
import type { Artifact } from '../model/artifact.js';
import { canonicalJson, jsonObject, parseStoredJson, type Json } from '../model/json.js';
import { artifactType, lifecycleState } from '../model/vocabulary.js';

/**
 * An artifact as Cypher gives it: `a {.*, createdAt: a.createdAt.epochMillis, storedAt: a.storedAt.epochMillis,
 * createdByStepId: …}`. Absent properties are absent here too.
 */
export const artifactRow = z
  .object({
    id: z.string(),
    type: artifactType,
    lifecycleState,
    contentHash: z.string().nullish(),
    path: z.string().nullish(),
    url: z.string().nullish(),
    payload: z.string().nullish(),
    payloadFormat: z.literal('json').nullish(),
    metadata: z.string().nullish(),
    mimeType: z.string().nullish(),
    sizeBytes: z.number().nullish(),
    description: z.string().nullish(),
    safetyScore: z.number().nullish(),
    createdByAgent: z.string().nullish(),
    createdByStepId: z.string().nullish(),
    externalId: z.string().nullish(),
    generation: z.number(),
    createdAt: z.number(),
    storedAt: z.number(),
  })
  .transform(({ payload, payloadFormat, metadata, ...row }): Artifact => ({
    ...row,
    contentHash: row.contentHash ?? null,
    path: row.path ?? null,
    url: row.url ?? null,
    payload: readPayload(payload ?? null, payloadFormat ?? null),
    metadata: typeof metadata === 'string' ? jsonObject.parse(JSON.parse(metadata)) : null,
    mimeType: row.mimeType ?? null,
    sizeBytes: row.sizeBytes ?? null,
    description: row.description ?? null,
    safetyScore: row.safetyScore ?? null,
    createdByAgent: row.createdByAgent ?? null,
    createdByStepId: row.createdByStepId ?? null,
    externalId: row.externalId ?? null,
  }));

/**
 * A string is stored as it is, so that an auditor reads it in Neo4j Browser; any other JSON value is stored as
 * canonical JSON and marked by `payloadFormat`.
 */
export function storePayload(payload: Json | undefined): {
  payload: string | null;
  payloadFormat: 'json' | null;
} {
  if (payload === undefined || payload === null) return { payload: null, payloadFormat: null };
  if (typeof payload === 'string') return { payload, payloadFormat: null };
  return { payload: canonicalJson(payload), payloadFormat: 'json' };
}

export function readPayload(payload: string | null, payloadFormat: 'json' | null): Json {
  return payload !== null && payloadFormat === 'json' ? parseStoredJson(payload) : payload;
}
