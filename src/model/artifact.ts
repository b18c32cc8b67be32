import { z } from 'zod';
import { sha256 } from './digest.js';
import { canonicalJson, json, jsonObject, wellFormed } from './json.js';
import { artifactType, relationType, type ArtifactType, type LifecycleState } from './vocabulary.js';
import type { Json } from './json.js';

/** Inline payloads are read with every artifact, so they stay small; anything larger belongs into content. */
export const maxPayloadBytes = 256 * 1024;
const maxMetadataBytes = 64 * 1024;

/** Identifiers come from callers too (imports keep theirs), so any short text without control characters will do. */
export const id = wellFormed
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}|]+$/u, 'must not contain control characters or "|"');
export const externalId = wellFormed.min(1).max(500);

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
  metadata: jsonObject.nullish(),
});
export type SourceReference = z.infer<typeof sourceReference>;

/** The fields by which a new artifact is told; all but `type` may be missing. */
export const artifactFacts = z.strictObject({
  type: artifactType,
  path: wellFormed.max(4096).nullish(),
  url: wellFormed.max(8192).nullish(),
  payload: json.nullish(),
  metadata: jsonObject.nullish(),
  description: wellFormed.max(20_000).nullish(),
  mimeType: wellFormed
    .max(255)
    .regex(/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/, 'must be a media type such as image/png')
    .nullish(),
  sizeBytes: z.number().int().nonnegative().nullish(),
  safetyScore: z.number().min(0).max(1).nullish(),
  createdByAgent: wellFormed.max(500).nullish(),
  createdByStepId: id.nullish(),
  contentHash: sha256.nullish(),
  externalId: externalId.nullish(),
});

function checkPayloadAndMetadata(
  {
    type,
    payload,
    metadata,
  }: { type: ArtifactType; payload?: Json | undefined; metadata?: Json | undefined },
  context: z.RefinementCtx,
): void {
  if (payload !== undefined && payload !== null) {
    const size = Buffer.byteLength(typeof payload === 'string' ? payload : canonicalJson(payload));
    if (size > maxPayloadBytes) {
      const message = `is ${size} bytes; up to ${maxPayloadBytes} are kept inline, upload more as content`;
      context.addIssue({ code: 'custom', path: ['payload'], message });
    }
  }
  if (metadata !== undefined && metadata !== null) {
    if (Buffer.byteLength(JSON.stringify(metadata)) > maxMetadataBytes) {
      context.addIssue({
        code: 'custom',
        path: ['metadata'],
        message: `is larger than ${maxMetadataBytes} bytes`,
      });
    }
    for (const issue of metadataFor(type).safeParse(metadata).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path: ['metadata', ...issue.path], message: issue.message });
    }
  }
}

const distinctSources = (sources: readonly SourceReference[]) =>
  new Set(sources.map(({ type, artifactId }) => `${type} ${artifactId}`)).size === sources.length;

const sources = z
  .array(sourceReference)
  .max(1000)
  .refine(distinctSources, 'names the same source twice with the same relation type');

export const registerArtifactInput = artifactFacts
  .extend({ sources: sources.default([]) })
  .superRefine(checkPayloadAndMetadata);
export type RegisterArtifactInput = z.infer<typeof registerArtifactInput>;

/** One artifact of a batch; `ref` is the name by which the batch's relations and sources speak of it. */
const batchArtifactInput = artifactFacts
  .extend({ ref: id, sources: sources.default([]) })
  .superRefine(checkPayloadAndMetadata);

/** An artifact as the service gives it out. Times are milliseconds since 1970 in UTC. */
export interface Artifact {
  id: string;
  type: ArtifactType;
  lifecycleState: LifecycleState;
  contentHash: string | null;
  path: string | null;
  url: string | null;
  /** A string as it was sent, or any other JSON value. */
  payload: Json;
  metadata: Record<string, Json> | null;
  mimeType: string | null;
  sizeBytes: number | null;
  description: string | null;
  safetyScore: number | null;
  createdByAgent: string | null;
  createdByStepId: string | null;
  externalId: string | null;
  generation: number;
  createdAt: number;
  storedAt: number;
}

/** Artifacts and the edges among them; `product`, `source` and `artifactId` are refs of this batch or artifact ids. */
export const registerBatchInput = z
  .strictObject({
    artifacts: z.array(batchArtifactInput).max(10_000).default([]),
    relations: z
      .array(z.strictObject({ product: id, source: id, type: relationType, metadata: jsonObject.nullish() }))
      .max(10_000)
      .default([]),
  })
  .superRefine(({ artifacts, relations }, context) => {
    if (artifacts.length + relations.length > 10_000) {
      context.addIssue({ code: 'custom', message: 'has more than 10000 items' });
    }
    const refs = new Set<string>();
    for (const [position, { ref }] of artifacts.entries()) {
      const path = ['artifacts', position, 'ref'];
      if (refs.has(ref)) context.addIssue({ code: 'custom', path, message: `${ref} occurs twice` });
      refs.add(ref);
    }
  });
export type RegisterBatchInput = z.infer<typeof registerBatchInput>;
