import { randomUUID } from 'node:crypto';
import type { Artifact, RegisterArtifactInput } from '../model/artifact.js';

/** The artifact that an input asks for, before its sources are known: generation 0, intermediate. */
export function newArtifact(input: Omit<RegisterArtifactInput, 'sources'>, now: number): Artifact {
  return {
    id: randomUUID(),
    type: input.type,
    lifecycleState: 'intermediate',
    contentHash: input.contentHash ?? null,
    path: input.path ?? null,
    url: input.url ?? null,
    payload: input.payload ?? null,
    metadata: input.metadata ?? null,
    mimeType: input.mimeType ?? null,
    sizeBytes: input.sizeBytes ?? null,
    description: input.description ?? null,
    safetyScore: input.safetyScore ?? null,
    createdByAgent: input.createdByAgent ?? null,
    createdByStepId: input.createdByStepId ?? null,
    externalId: input.externalId ?? null,
    generation: 0,
    createdAt: now,
    storedAt: now,
  };
}
