import { z } from 'zod';
import { asColumns } from '../db/columns.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import type { Artifact } from '../model/artifact.js';
import { canonicalJson } from '../model/json.js';
import { artifactType, lifecycleState, relationTypes } from '../model/vocabulary.js';
import type { Relation } from '../model/relation.js';
import { storePayload } from './artifact-row.js';

const text = z.string().nullable();
const artifactParameters = z.object({
  id: z.string(),
  type: artifactType,
  lifecycleState,
  contentHash: text,
  path: text,
  url: text,
  payload: text,
  payloadFormat: z.literal('json').nullable(),
  metadata: text,
  mimeType: text,
  sizeBytes: z.number().nullable(),
  description: text,
  safetyScore: z.number().nullable(),
  createdByAgent: text,
  externalId: text,
  generation: z.number().int(),
  createdAt: z.number().int(),
  storedAt: z.number().int(),
  actor: z.string(),
});

const insertArtifacts = statement('artifacts/insert-artifacts.cypher', {
  params: z.object({ artifacts: asColumns(artifactParameters) }),
  row: z.never(),
});
const insertCreatedBy = statement('artifacts/insert-created-by.cypher', {
  params: z.object({ rows: z.array(z.object({ artifactId: z.string(), stepId: z.string() })) }),
  row: z.never(),
});
const attachContent = statement('artifacts/attach-content.cypher', {
  params: z.object({ rows: z.array(z.object({ artifactId: z.string(), sha256: z.string() })) }),
  row: z.never(),
});
const insertRelations = statement('artifacts/insert-relations.cypher', {
  params: z.object({
    relations: asColumns(
      z.object({
        id: z.string(),
        productId: z.string(),
        sourceId: z.string(),
        type: z.enum(relationTypes),
        edgeKey: z.string(),
        metadata: text,
        createdAt: z.number().int(),
      }),
    ),
  }),
  row: z.never(),
});

export const edgeKey = (productId: string, sourceId: string) => `${productId}|${sourceId}`;

export interface NewArtifacts {
  artifacts: readonly { artifact: Artifact; actor: string }[];
  /** Edges from the new artifacts to their sources; generations fit already. */
  relations: readonly Relation[];
}

/**
 * Creates artifact nodes with their audit events, CREATED_BY, HAS_CONTENT and provenance. Nothing is checked here: the
 * callers hold the locks.
 * @param options.last whether the transaction ends with this
 */
export async function writeArtifacts(
  tx: Transaction,
  { artifacts, relations }: NewArtifacts,
  options: { last: boolean },
): Promise<void> {
  const rows = artifacts.map(({ artifact, actor }) => toRow(artifact, actor));
  const steps = artifacts.flatMap(({ artifact: { id, createdByStepId } }) =>
    createdByStepId === null ? [] : [{ artifactId: id, stepId: createdByStepId }],
  );
  const contents = artifacts.flatMap(({ artifact: { id, contentHash } }) =>
    contentHash === null ? [] : [{ artifactId: id, sha256: contentHash }],
  );
  if (options.last && steps.length + contents.length + relations.length === 0) {
    await tx.execLast(insertArtifacts, { artifacts: rows });
    return;
  }
  await Promise.all([
    tx.exec(insertArtifacts, { artifacts: rows }),
    ...(steps.length > 0 ? [tx.exec(insertCreatedBy, { rows: steps })] : []),
    ...(contents.length > 0 ? [tx.exec(attachContent, { rows: contents })] : []),
    writeRelations(tx, relations),
  ]);
}

function toRow(artifact: Artifact, actor: string): z.input<typeof artifactParameters> {
  const { metadata } = artifact;
  const { payload, payloadFormat } = storePayload(artifact.payload);
  return {
    ...artifact,
    payload,
    payloadFormat,
    metadata: metadata === null ? null : canonicalJson(metadata),
    actor,
  };
}

/** Creates provenance edges whose generations fit already. */
export async function writeRelations(tx: Transaction, relations: readonly Relation[]): Promise<void> {
  if (relations.length === 0) return;
  await tx.exec(insertRelations, {
    relations: relations.map(({ metadata, ...relation }) => ({
      ...relation,
      edgeKey: edgeKey(relation.productId, relation.sourceId),
      metadata: metadata === null ? null : canonicalJson(metadata),
    })),
  });
}
