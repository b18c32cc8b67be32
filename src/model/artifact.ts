import { z } from 'zod';
import { sha256 } from './digest.js';
import { entity, givenShape, type ValueOf } from './entity.js';
import { externalId, id, time } from './identifiers.js';
import { json, jsonObject, metadata, upTo, wellFormed, type Json } from './json.js';
import { listOf } from './list.js';
import { artifactType, lifecycleState, relationType, type ArtifactType } from './vocabulary.js';

/** Inline payloads are read with every artifact, so they stay small; anything larger belongs into content. */
export const maxPayloadBytes = 256 * 1024;
/** Sources that one artifact may name. */
export const maxSources = 1000;
/** Artifacts and relations of one batch. */
export const maxItems = 10_000;

const positive = z.number().int().positive();
const seconds = z.number().nonnegative();

/** Facts about media that the service itself understands; other keys are kept as they are. Lengths in pixels and seconds. */
const metadataByType = {
  image: z.looseObject({
    width: positive.optional(),
    height: positive.optional(),
    custom: jsonObject.optional(),
  }),
  audio: z.looseObject({
    duration: seconds.optional(),
    codec: z.string().optional(),
    channels: positive.optional(),
    sample_rate: positive.optional(),
    custom: jsonObject.optional(),
  }),
  video: z.looseObject({
    width: positive.optional(),
    height: positive.optional(),
    duration: seconds.optional(),
    codec: z.string().optional(),
    channels: positive.optional(),
    sample_rate: positive.optional(),
    custom: jsonObject.optional(),
  }),
  text: z.looseObject({
    character_count: z.number().int().nonnegative().optional(),
    word_count: z.number().int().nonnegative().optional(),
    custom: jsonObject.optional(),
  }),
  json: z.looseObject({ custom: jsonObject.optional() }),
} satisfies Record<ArtifactType, z.ZodType>;

/** `metadata` checked against what its artifact type may say. */
export function metadataFor(type: ArtifactType): z.ZodType {
  return metadataByType[type];
}

export const sourceReference = z.strictObject({
  artifactId: id,
  type: relationType,
  metadata: metadata.nullish(),
});
export type SourceReference = z.infer<typeof sourceReference>;

export const artifactEntity = entity(
  'artifact',
  { label: 'Artifact' },
  {
    id: { shape: id, stored: 'text', rest: 'artifact_id' },
    type: { shape: artifactType, stored: 'text', rest: 'artifact_type', given: true },
    lifecycleState: { shape: lifecycleState, stored: 'text', changes: true },
    path: { shape: wellFormed.max(4096), stored: 'text', optional: true, rest: 'artifact_path', given: true },
    url: { shape: wellFormed.max(8192), stored: 'text', optional: true, rest: 'artifact_url', given: true },
    payload: {
      shape: upTo(maxPayloadBytes, json, 'upload more as content'),
      stored: 'payload',
      optional: true,
      rest: 'artifact_payload',
      given: true,
    },
    metadata: { shape: metadata, stored: 'json', optional: true, given: true },
    description: { shape: wellFormed.max(20_000), stored: 'text', optional: true, given: true },
    contentHash: { shape: sha256, stored: 'text', optional: true, given: true, changes: 'once' },
    mimeType: {
      shape: wellFormed
        .max(255)
        .regex(/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/, 'must be a media type such as image/png'),
      stored: 'text',
      optional: true,
      given: true,
    },
    sizeBytes: {
      shape: z.number().int().nonnegative(),
      stored: 'integer',
      optional: true,
      rest: 'file_size',
      given: true,
    },
    safetyScore: { shape: z.number().min(0).max(1), stored: 'float', optional: true, given: true },
    createdByAgent: { shape: wellFormed.max(500), stored: 'text', optional: true, given: true },
    createdByStepId: { shape: id, stored: { via: 'CREATED_BY', to: 'Step' }, optional: true, given: true },
    externalId: { shape: externalId, stored: 'text', optional: true, given: true },
    generation: { shape: z.number().int().nonnegative(), stored: 'integer', changes: 'grows' },
    createdAt: { shape: time, stored: 'time' },
    storedAt: { shape: time, stored: 'time', changes: 'once' },
  },
);

/** An artifact as the service gives it out. Times are milliseconds since 1970 in UTC. */
export type Artifact = ValueOf<typeof artifactEntity>;

/** What a caller tells of a new artifact; all but `type` may be missing. */
export const artifactFacts = z.strictObject(givenShape(artifactEntity));

function checkMetadata(
  { type, metadata: given }: { type: ArtifactType; metadata?: Json | undefined },
  context: z.RefinementCtx,
): void {
  if (given === undefined || given === null) return;
  for (const issue of metadataFor(type).safeParse(given).error?.issues ?? []) {
    context.addIssue({ code: 'custom', path: ['metadata', ...issue.path], message: issue.message });
  }
}

const distinctSources = (sources: readonly SourceReference[]) =>
  new Set(sources.map(({ type, artifactId }) => `${type} ${artifactId}`)).size === sources.length;

const sources = listOf(sourceReference, maxSources).refine(
  distinctSources,
  'names the same source twice with the same relation type',
);

export const registerArtifactInput = artifactFacts
  .extend({ sources: sources.default([]) })
  .superRefine(checkMetadata);
export type RegisterArtifactInput = z.infer<typeof registerArtifactInput>;

/** One artifact of a batch; `ref` is the name by which the batch's relations and sources speak of it. */
const batchArtifactInput = artifactFacts
  .extend({ ref: id, sources: sources.default([]) })
  .superRefine(checkMetadata);

/** Artifacts and the edges among them; `product`, `source` and `artifactId` are refs of this batch or artifact ids. */
export const registerBatchInput = z
  .strictObject({
    artifacts: listOf(batchArtifactInput, maxItems).default([]),
    relations: listOf(
      z.strictObject({ product: id, source: id, type: relationType, metadata: metadata.nullish() }),
      maxItems,
    ).default([]),
  })
  .superRefine(({ artifacts, relations }, context) => {
    if (artifacts.length + relations.length > maxItems) {
      context.addIssue({
        code: 'custom',
        message: `has more than ${maxItems} artifacts and relations: send several batches`,
      });
    }
    const refs = new Set<string>();
    for (const [position, { ref }] of artifacts.entries()) {
      const path = ['artifacts', position, 'ref'];
      if (refs.has(ref)) context.addIssue({ code: 'custom', path, message: `${ref} occurs twice` });
      refs.add(ref);
    }
  });
export type RegisterBatchInput = z.infer<typeof registerBatchInput>;
