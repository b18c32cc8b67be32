import { z } from 'zod';
import { listEvents } from '../audit/list-events.js';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { NotFound } from '../errors.js';
import { decodeCursor, encodeCursor } from '../model/cursor.js';
import { Sender } from './receiver.js';
import { sendEvent } from './send-event.js';
import { getWebhook, type WebhookSettings } from './webhook.js';

const row = z.object({
  id: z.string(),
  /** The cursor before the event. */
  place: z.string(),
  eventId: z.string(),
  nodeId: z.string().nullable(),
  action: z.string().nullable(),
  attempts: z.number(),
  status: z.number().nullable(),
  error: z.string(),
  exactAt: z.string(),
  at: z.number(),
});
export type DeadLetter = Omit<z.infer<typeof row>, 'exactAt' | 'place'> & { cursor: string };

const list = statement('webhooks/list-dead-letters.cypher', {
  params: z.object({ webhookId: z.string(), after: z.string(), id: z.string(), limit: z.number().int() }),
  row,
});
const findTarget = statement('webhooks/find-webhook-target.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({ url: z.string(), secret: z.string() }),
});
const remove = statement('webhooks/remove-dead-letter.cypher', {
  params: z.object({ id: z.string() }),
  row: z.never(),
});
const recordResend = statement('webhooks/record-resend.cypher', {
  params: z.object({ id: z.string(), status: z.number().nullable(), error: z.string() }),
  row: z.never(),
});

const place = z.tuple([z.iso.datetime({ offset: true }), z.string()]);
const beginning = ['1970-01-01T00:00:00Z', ''] as const;

/** What could not be delivered, oldest first. @throws NotFound; InvalidInput for a wrong cursor */
export async function listDeadLetters(
  ctx: Pick<Context, 'db'>,
  { id: webhookId, limit, after }: { id: string; limit: number; after?: string | undefined },
): Promise<{ deadLetters: DeadLetter[]; hasMore: boolean }> {
  await getWebhook(ctx, webhookId);
  const [at, id] =
    after === undefined ? beginning : decodeCursor(after, place, { field: 'after', of: 'list' });
  const rows = await ctx.db.many(list, { webhookId, after: at, id, limit: limit + 1 });
  const deadLetters = rows.slice(0, limit).map(({ exactAt, place: _, ...letter }) => ({
    ...letter,
    cursor: encodeCursor([exactAt, letter.id]),
  }));
  return { deadLetters, hasMore: rows.length > limit };
}

const pageSize = 100;
/** Milliseconds after which no further letter is sent; the request that asked is to be answered. */
const resendForMs = 15_000;

export interface Resent {
  delivered: number;
  /** True when letters are left: the receiver failed again, or there was no time for more. */
  left: boolean;
  /** What the receiver failed with, or null. */
  error: string | null;
}

/**
 * Sends dead letters once more, oldest first, until one fails; each that arrives is forgotten. Whoever calls twice at the
 * same time may send a letter twice.
 * @throws NotFound
 */
export async function resendDeadLetters(
  ctx: Context,
  id: string,
  settings: WebhookSettings,
): Promise<Resent> {
  const webhook = await getWebhook(ctx, id);
  const target = await ctx.db.maybeOne(findTarget, { id });
  if (!target) throw new NotFound('webhook', id);
  const sender = new Sender(settings.privateAddresses);
  const signal = ctx.db.signal ?? new AbortController().signal;
  const enough = Date.now() + resendForMs;
  let delivered = 0;
  try {
    for (;;) {
      const letters = await ctx.db.many(list, {
        webhookId: id,
        after: beginning[0],
        id: '',
        limit: pageSize,
      });
      if (letters.length === 0) return { delivered, left: false, error: null };
      for (const letter of letters) {
        if (Date.now() > enough) return { delivered, left: true, error: null };
        const event = await readAgain(ctx, webhook, letter.place);
        const attempt = event && (await sendEvent(sender, target, event, signal));
        if (attempt && attempt.outcome !== 'delivered') {
          const { status, error } = attempt;
          await ctx.db.write((tx) => tx.exec(recordResend, { id: letter.id, status, error }));
          return { delivered, left: true, error };
        }
        await ctx.db.write((tx) => tx.exec(remove, { id: letter.id }));
        delivered++;
      }
    }
  } finally {
    sender.close();
  }
}

type Filter = Pick<Awaited<ReturnType<typeof getWebhook>>, 'action' | 'nodeId' | 'actor'>;

/** A letter has its event's place only, so that what was erased meanwhile is not sent. */
async function readAgain(ctx: Context, { action, nodeId, actor }: Filter, after: string) {
  const { events } = await listEvents(ctx, { action, nodeId, actor, after, first: 1 });
  return events[0];
}
