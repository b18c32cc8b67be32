import { z } from 'zod';
import type { Artifact } from '../model/artifact.js';
import { jsonObject } from '../model/json.js';
import { artifactType, lifecycleState } from '../model/vocabulary.js';
import { readPayload } from './artifact-row.js';

const text = z.string().nullable();
const number = z.number().nullable();

/**
 * An artifact as a list of its properties in this order, null for absent ones. The statements that many rows come from
 * give lists: a map's keys cost both sides as much as its values.
 */
export const artifactColumns = z
  .tuple([
    z.string(),
    artifactType,
    lifecycleState,
    text,
    text,
    text,
    text,
    z.literal('json').nullable(),
    text,
    text,
    number,
    text,
    number,
    text,
    text,
    text,
    z.number(),
    z.number(),
    z.number(),
  ])
  .transform(
    ([
      id,
      type,
      state,
      contentHash,
      path,
      url,
      payload,
      payloadFormat,
      metadata,
      mimeType,
      sizeBytes,
      description,
      safetyScore,
      createdByAgent,
      createdByStepId,
      externalId,
      generation,
      createdAt,
      storedAt,
    ]): Artifact => ({
      id,
      type,
      lifecycleState: state,
      contentHash,
      path,
      url,
      payload: readPayload(payload, payloadFormat),
      metadata: metadata === null ? null : jsonObject.parse(JSON.parse(metadata)),
      mimeType,
      sizeBytes,
      description,
      safetyScore,
      createdByAgent,
      createdByStepId,
      externalId,
      generation,
      createdAt,
      storedAt,
    }),
  );
