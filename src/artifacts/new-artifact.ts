import { randomUUID } from 'node:crypto';
import { artifactEntity, type Artifact, type RegisterArtifactInput } from '../model/artifact.js';
import { withAbsent } from '../model/entity.js';

/** The artifact that an input asks for, before its sources are known: generation 0, intermediate. */
export function newArtifact(input: Omit<RegisterArtifactInput, 'sources'>, now: number): Artifact {
  return {
    ...withAbsent(artifactEntity, input),
    id: randomUUID(),
    lifecycleState: 'intermediate',
    generation: 0,
    createdAt: now,
    storedAt: now,
  };
}
