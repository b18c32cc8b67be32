import { z } from 'zod';
import { asColumns } from '../db/columns.js';
import { statement } from '../db/statement.js';
import type { Transaction } from '../db/transaction.js';

const auditEvent = z.object({
  actor: z.string(),
  action: z.string(),
  nodeLabel: z.enum(['Artifact', 'Run', 'Step', 'Story', 'Content', 'WebhookSubscription']),
  nodeId: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** Who changed which node, from what to what (short text or JSON); the database says when. */
export type AuditEvent = z.infer<typeof auditEvent>;

const recordStatement = statement('audit/record-events.cypher', {
  params: z.object({ events: asColumns(auditEvent) }),
  row: z.never(),
});

/** Writes the events in the transaction of the change itself, so that neither exists without the other. */
export async function recordEvents(tx: Transaction, events: AuditEvent[]): Promise<void> {
  if (events.length > 0) await tx.exec(recordStatement, { events });
}
