import { z } from 'zod';
import { recordEvents } from '../audit/record-events.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { contentEntity, type ContentFacts } from '../model/content.js';
import { edgeKey } from '../model/keys.js';
import { relationEntity, type Relation } from '../model/relation.js';
import { columnsOf } from '../model/stored.js';

const insertArtifacts = statement('artifacts/insert-artifacts.cypher', {
  params: z.object({ artifacts: columnsOf(artifactEntity) }),
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
  params: z.object({ relations: columnsOf(relationEntity) }),
  row: z.never(),
});
const mergeContents = statement('artifacts/merge-contents.cypher', {
  params: z.object({ contents: columnsOf(contentEntity) }),
  row: z.never(),
});

export interface NewArtifacts {
  artifacts: readonly Artifact[];
  /** Edges from the new artifacts to their sources; generations fit already. */
  relations: readonly Relation[];
}

/**
 * Creates artifact nodes with CREATED_BY, HAS_CONTENT and provenance. Nothing is checked here, and no audit event
 * written: the callers hold the locks and know what happened.
 */
export async function writeArtifacts(tx: Transaction, { artifacts, relations }: NewArtifacts): Promise<void> {
  const steps = artifacts.flatMap(({ id, createdByStepId }) =>
    createdByStepId === null ? [] : [{ artifactId: id, stepId: createdByStepId }],
  );
  const contents = artifacts.flatMap(({ id, contentHash }) =>
    contentHash === null ? [] : [{ artifactId: id, sha256: contentHash }],
  );
  await Promise.all([
    ...(artifacts.length > 0 ? [tx.exec(insertArtifacts, { artifacts })] : []),
    ...(steps.length > 0 ? [tx.exec(insertCreatedBy, { rows: steps })] : []),
    ...(contents.length > 0 ? [tx.exec(attachContent, { rows: contents })] : []),
    writeRelations(tx, relations),
  ]);
}

/** The audit events of artifacts that somebody registered. */
export function recordRegistered(
  tx: Transaction,
  registered: readonly { artifact: Artifact; actor: string }[],
): Promise<void> {
  return recordEvents(
    tx,
    registered.map(({ artifact: { id, createdAt, lifecycleState }, actor }) => ({
      at: createdAt,
      actor,
      action: 'artifact.registered',
      nodeLabel: 'Artifact',
      nodeId: id,
      before: null,
      after: lifecycleState,
    })),
  );
}

/** Creates provenance edges whose generations fit already. */
export async function writeRelations(tx: Transaction, relations: readonly Relation[]): Promise<void> {
  if (relations.length === 0) return;
  await tx.exec(insertRelations, {
    relations: relations.map((relation) => ({
      ...relation,
      edgeKey: edgeKey(relation.productId, relation.sourceId),
    })),
  });
}

/** Records contents in the transaction of the artifacts that have them; one node for one digest. */
export async function writeContents(tx: Transaction, contents: readonly ContentFacts[]): Promise<void> {
  const distinct = [...new Map(contents.map((one) => [one.sha256, one])).values()];
  if (distinct.length === 0) return;
  await tx.exec(mergeContents, { contents: distinct.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)) });
}
