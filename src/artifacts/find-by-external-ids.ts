import { z } from 'zod';
import { Conflict } from '../errors.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { artifactEntity, type Artifact, type SourceReference } from '../model/artifact.js';
import { canonicalJson, jsonObject } from '../model/json.js';
import { relationType } from '../model/vocabulary.js';
import { givenNames } from '../model/entity.js';
import { payloadHash } from '../model/payload-hash.js';
import { rowOf } from '../model/stored.js';

const sourceRow = z
  .object({ artifactId: z.string(), type: relationType, metadata: z.string().nullable() })
  .transform(({ metadata, ...source }) => ({
    ...source,
    metadata: metadata === null ? null : jsonObject.parse(JSON.parse(metadata)),
  }));

const findStatement = statement('artifacts/find-by-external-ids.cypher', {
  params: z.object({ externalIds: z.array(z.string()) }),
  row: z.object({ artifact: rowOf(artifactEntity), sources: z.array(sourceRow) }),
});

export interface KnownArtifact {
  artifact: Artifact;
  sources: readonly SourceReference[];
}

/** The artifacts that callers know under these ids, by external id. */
export async function findByExternalIds(
  tx: Transaction,
  externalIds: readonly (string | null | undefined)[],
): Promise<Map<string, KnownArtifact>> {
  const wanted = [...new Set(externalIds)].filter((externalId) => typeof externalId === 'string').sort();
  if (wanted.length === 0) return new Map();
  const rows = await tx.many(findStatement, { externalIds: wanted });
  return new Map(rows.map((row) => [row.artifact.externalId ?? '', row]));
}

const factNames = givenNames(artifactEntity).filter((name) => name !== 'externalId');

/** Each fact that a caller gives, and each source, as comparable text. */
function factsOf({ artifact, sources }: KnownArtifact): Set<string> {
  return new Set([
    ...factNames.map((name) => canonicalJson([name, artifact[name]])),
    ...sources.map(({ artifactId, type, metadata }) => canonicalJson([type, artifactId, metadata ?? null])),
  ]);
}

/**
 * @returns a Conflict when the same external id was used for other facts, null when all facts are equal. Edges added
 * to the known artifact since it was registered do not count as a difference.
 */
export function differingFacts(known: KnownArtifact, asked: KnownArtifact): Conflict | null {
  const { artifact } = known;
  // Artifacts of earlier versions lack the hash of their payload.
  const contentHash =
    artifact.contentHash ?? (artifact.payload === null ? null : payloadHash(artifact.payload));
  const facts = factsOf({ ...known, artifact: { ...artifact, contentHash } });
  if ([...factsOf(asked)].every((fact) => facts.has(fact))) return null;
  const { externalId, id } = known.artifact;
  return new Conflict(`external id ${externalId} is artifact ${id}, which has other facts`, 'duplicate', {
    externalId,
    artifactId: id,
  });
}
