import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { listEvents, watermarkCursor } from '../audit/list-events.js';
import { recordEvents } from '../audit/record-events.js';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { Conflict, NotFound } from '../errors.js';
import { wellFormed } from '../model/json.js';
import { parseInput } from '../model/parse-input.js';
import { receiverUrl } from './receiver.js';

/** Each is delivered to by itself, so their number bounds the deliveries under way. */
const mostWebhooks = 50;

const filter = wellFormed.min(1).max(400).nullish();
const secret = z.string().refine((text) => {
  const [, base64 = ''] = /^whsec_(.*)$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === base64;
}, 'must be whsec_ and 24 to 64 bytes in base64');
const webhookInput = (privateAddresses: boolean) =>
  z.strictObject({
    url: receiverUrl(privateAddresses),
    secret: secret.nullish(),
    description: wellFormed.max(1000).nullish(),
    action: filter,
    nodeId: filter,
    actor: filter,
    /** A cursor of the feed; what comes behind it is sent. Now by default. */
    after: z.string().nullish(),
  });

const text = z.string().nullable();
const time = z.number().nullable();
const webhookRow = z.object({
  id: z.string(),
  url: z.string(),
  description: text,
  action: text,
  nodeId: text,
  actor: text,
  enabled: z.boolean(),
  position: z.string(),
  failures: z.number(),
  deadLetters: z.number(),
  lastStatus: z.number().nullable(),
  lastError: text,
  createdBy: z.string(),
  createdAt: z.number(),
  nextAttemptAt: time,
  lastAttemptAt: time,
});

/**
 * Somebody who is told of changes, with how far that has come: `position` is the cursor behind the last event that was
 * delivered or given up, `failures` counts the attempts of the next one. Times in milliseconds since 1970 UTC.
 */
export type WebhookState = z.infer<typeof webhookRow>;

const insert = statement('webhooks/register-webhook.cypher', {
  params: z.object({
    id: z.string(),
    url: z.string(),
    secret: z.string(),
    description: text,
    action: text,
    nodeId: text,
    actor: text,
    position: z.string(),
    createdBy: z.string(),
    most: z.number().int(),
  }),
  row: z.object({ id: z.string() }),
});
const list = statement('webhooks/list-webhooks.cypher', {
  params: z.object({ from: z.string(), to: z.string() }),
  row: webhookRow,
});
const remove = statement('webhooks/remove-webhook.cypher', {
  params: z.object({ id: z.string() }),
  row: z.object({ url: z.string() }),
});
const enable = statement('webhooks/enable-webhook.cypher', {
  params: z.object({ id: z.string(), enabled: z.boolean() }),
  row: z.object({ before: z.boolean() }),
});

export interface WebhookSettings {
  /** Whether receivers may be on loopback and private networks. */
  privateAddresses: boolean;
}

/** @returns the subscription, and its secret, which is told this once only. @throws InvalidInput; Conflict beyond the greatest number */
export async function registerWebhook(
  ctx: Context,
  input: unknown,
  settings: WebhookSettings,
): Promise<WebhookState & { secret: string }> {
  const given = parseInput(webhookInput(settings.privateAddresses), input);
  const { url, action = null, nodeId = null, actor = null, description = null, after } = given;
  if (after != null) await listEvents(ctx, { after, first: 1 });
  const row = {
    ...{
      id: randomUUID(),
      url,
      description,
      action,
      nodeId,
      actor,
      createdBy: ctx.actor,
      most: mostWebhooks,
    },
    secret: given.secret ?? `whsec_${randomBytes(32).toString('base64')}`,
    position: after ?? (await watermarkCursor(ctx)),
  };
  await ctx.db.write(async (tx) => {
    if (!(await tx.maybeOne(insert, row)))
      throw new Conflict(`there are ${mostWebhooks} webhooks, and may be no more`);
    await recordEvents(tx, [change(ctx, row.id, { action: 'webhook.registered', after: hostOf(url) })]);
  });
  return { ...(await getWebhook(ctx, row.id)), secret: row.secret };
}

/** Addresses often carry a secret in their path; the audit record has their origin. */
const hostOf = (url: string) => new URL(url).origin;

function change(
  { actor }: Context,
  nodeId: string,
  told: { action: string; before?: string; after?: string },
) {
  const { action, before = null, after = null } = told;
  return { actor, action, nodeLabel: 'WebhookSubscription' as const, nodeId, before, after };
}

/** Their ids are in hex. */
export function listWebhooks({ db }: Pick<Context, 'db'>): Promise<WebhookState[]> {
  return db.many(list, { from: '', to: 'g' });
}

/** @throws NotFound */
export async function getWebhook({ db }: Pick<Context, 'db'>, id: string): Promise<WebhookState> {
  const found = await db.maybeOne(list, { from: id, to: id });
  if (!found) throw new NotFound('webhook', id);
  return found;
}

/** Forgets a subscription with its dead letters. @throws NotFound */
export async function removeWebhook(ctx: Context, id: string): Promise<void> {
  await ctx.db.write(async (tx) => {
    const removed = await tx.maybeOne(remove, { id });
    if (!removed) throw new NotFound('webhook', id);
    await recordEvents(tx, [change(ctx, id, { action: 'webhook.removed', before: hostOf(removed.url) })]);
  });
}

/** Stops delivery, or goes on where it stood, also while a next attempt is waited for. @throws NotFound */
export async function enableWebhook(ctx: Context, id: string, enabled: boolean): Promise<WebhookState> {
  await ctx.db.write(async (tx) => {
    const found = await tx.maybeOne(enable, { id, enabled });
    if (!found) throw new NotFound('webhook', id);
    if (found.before === enabled) return;
    const action = enabled ? 'webhook.enabled' : 'webhook.disabled';
    await recordEvents(tx, [change(ctx, id, { action })]);
  });
  return getWebhook(ctx, id);
}
