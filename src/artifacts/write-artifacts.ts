import { z } from 'zod';
import { recordEvents } from '../audit/record-events.js';
import type { ContentStore } from '../content/content-store.js';
import { rescueDoomed } from '../content/record-contents.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';
import { artifactEntity, type Artifact } from '../model/artifact.js';
import { sha256, type Sha256 } from '../model/digest.js';
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
const attachment = z.object({ artifactId: z.string(), sha256 });
const attachStatement = statement('artifacts/attach-content.cypher', {
  params: z.object({ rows: z.array(attachment) }),
  row: attachment,
});
const insertRelations = statement('artifacts/insert-relations.cypher', {
  params: z.object({ relations: columnsOf(relationEntity) }),
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
 * @param store has the contents
 */
export async function writeArtifacts(
  tx: Transaction,
  store: ContentStore,
  { artifacts, relations }: NewArtifacts,
): Promise<void> {
  const steps = artifacts.flatMap(({ id, createdByStepId }) =>
    createdByStepId === null ? [] : [{ artifactId: id, stepId: createdByStepId }],
  );
  const contents = artifacts.flatMap(({ id, contentHash }) =>
    contentHash === null ? [] : [{ artifactId: id, sha256: contentHash }],
  );
  await Promise.all([
    ...(artifacts.length > 0 ? [tx.exec(insertArtifacts, { artifacts })] : []),
    ...(steps.length > 0 ? [tx.exec(insertCreatedBy, { rows: steps })] : []),
    ...(contents.length > 0 ? [attachContents(tx, store, contents)] : []),
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
    registered.map(({ artifact: { id, lifecycleState }, actor }) => ({
      actor,
      action: 'artifact.registered',
      nodeLabel: 'Artifact',
      nodeId: id,
      before: null,
      after: lifecycleState,
    })),
  );
}

/** Joins artifacts to recorded content with their digest, also to doomed content, if its bytes are still there. */
async function attachContents(
  tx: Transaction,
  store: ContentStore,
  rows: readonly { artifactId: string; sha256: Sha256 }[],
): Promise<void> {
  const sorted = [...rows].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const doomed = await tx.many(attachStatement, { rows: sorted });
  if (doomed.length === 0) return;
  const rescued = await rescueDoomed(tx, store, [...new Set(doomed.map((row) => row.sha256))]);
  const again = doomed.filter((row) => rescued.has(row.sha256));
  if (again.length > 0) await tx.many(attachStatement, { rows: again });
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
