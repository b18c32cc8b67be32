import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../db/database.js';
import { statement } from '../db/statement.js';
import type { ListedEvent } from '../audit/list-events.js';
import type { Attempt } from './send-event.js';

const text = z.string().nullable();
const dueRow = z.object({
  id: z.string(),
  url: z.string(),
  secret: z.string(),
  action: text,
  nodeId: text,
  actor: text,
  position: z.string(),
  failures: z.number(),
});
/** A subscription that may be delivered to now, as it was read. */
export type DueWebhook = z.infer<typeof dueRow>;

const listDue = statement('webhooks/list-due-webhooks.cypher', { params: z.object({}), row: dueRow });

const held = z.object({ id: z.string(), holder: z.string(), position: z.string() });
const done = z.object({ id: z.string() });
const leaseMs = z.number().int();
const claim = statement('webhooks/claim-webhook.cypher', { params: held.extend({ leaseMs }), row: done });
const renew = statement('webhooks/renew-webhook.cypher', { params: held.extend({ leaseMs }), row: done });
const release = statement('webhooks/release-webhook.cypher', {
  params: held.extend({
    failures: z.number().int(),
    waitMs: z.number().int().nullable(),
    status: z.number().nullable(),
    error: text,
    disable: z.boolean(),
  }),
  row: done,
});
const recordDeadLetter = statement('webhooks/record-dead-letter.cypher', {
  params: z.object({
    id: z.string(),
    webhookId: z.string(),
    place: z.string(),
    eventId: z.string(),
    nodeId: text,
    action: text,
    attempts: z.number().int(),
    status: z.number().nullable(),
    error: z.string(),
  }),
  row: z.never(),
});

export function listDueWebhooks(db: Database): Promise<DueWebhook[]> {
  return db.many(listDue, {});
}

/** Another instance has taken the delivery over, or nobody wants it any more. */
export class LeaseLost extends Error {}

/** How a turn ended. */
export interface TurnEnd {
  failures: number;
  /** Milliseconds until the next attempt; null where none is waited for. */
  waitMs: number | null;
  last: Attempt | null;
}

/**
 * The right of one instance to deliver to one subscription, for a limited time. Every write under it is fenced: once
 * somebody else has claimed the subscription, or it was removed or disabled, it changes nothing and says so.
 *
 * The time left is counted from before the claim was sent, so it ends here before it ends in the database.
 */
export class Lease {
  private readonly holder = randomUUID();
  private endsAt = 0;

  private constructor(
    private readonly db: Database,
    private readonly id: string,
    private readonly ms: number,
    /** The cursor behind the last event that was delivered or given up. */
    public position: string,
  ) {}

  /** @returns null when another instance holds it, or has delivered since `due` was read */
  static async claim(db: Database, { id, position }: DueWebhook, ms: number): Promise<Lease | null> {
    const lease = new Lease(db, id, ms, position);
    return (await lease.extend(claim)) ? lease : null;
  }

  /** Milliseconds in which certainly nobody else delivers. */
  get leftMs(): number {
    return this.endsAt - performance.now();
  }

  /** @throws LeaseLost */
  async renew(): Promise<void> {
    if (!(await this.extend(renew))) throw new LeaseLost();
  }

  private async extend(how: typeof claim): Promise<boolean> {
    const { db, id, holder, position, ms } = this;
    const endsAt = performance.now() + ms;
    const given = await db.write((tx) => tx.maybeOne(how, { id, holder, position, leaseMs: ms }));
    if (given) this.endsAt = endsAt;
    return given !== null;
  }

  /** Lists an event as not delivered, and goes on behind it. @throws LeaseLost */
  async giveUp(event: ListedEvent, attempts: number, { status, error }: Attempt): Promise<void> {
    const { db, id, holder, ms } = this;
    const endsAt = performance.now() + ms;
    const { id: eventId, nodeId, action, cursor } = event;
    await db.write(async (tx) => {
      if (!(await tx.maybeOne(renew, { id, holder, position: cursor, leaseMs: ms }))) throw new LeaseLost();
      await tx.exec(recordDeadLetter, {
        ...{ id: `${id} ${eventId}`, webhookId: id, place: this.position, eventId, nodeId, action },
        ...{ attempts, status, error: error ?? '' },
      });
    });
    this.position = cursor;
    this.endsAt = endsAt;
  }

  /** @throws LeaseLost */
  async release({ failures, waitMs, last }: TurnEnd): Promise<void> {
    const { db, id, holder, position } = this;
    const end = {
      ...{ id, holder, position, failures, waitMs },
      ...{ status: last?.status ?? null, error: last?.error ?? null, disable: last?.outcome === 'gone' },
    };
    if (!(await db.write((tx) => tx.maybeOne(release, end)))) throw new LeaseLost();
  }
}
