import { z } from 'zod';
import type { DeadLetter } from '../webhooks/dead-letters.js';
import type { WebhookState } from '../webhooks/webhook.js';
import { isoTime } from '../model/iso-time.js';
import { count, time, wholeNumber } from './schema-parts.js';

const text = z.string().nullable();
const filter = z.string().nullish();

export const webhookIn = z.strictObject({
  url: z.string().meta({ format: 'uri', description: 'http or https, without a name and password' }),
  secret: z.string().nullish().meta({ description: '`whsec_` and base64; made here by default' }),
  description: z.string().nullish(),
  action: filter.meta({ description: 'Only such changes, as artifact.moved' }),
  node_id: filter,
  actor: filter,
  after: filter.meta({ description: 'A cursor of the feed to begin behind; now by default' }),
});

export const webhookPatch = z.strictObject({ enabled: z.boolean() });

const stateOut = {
  webhook_id: z.string(),
  url: z.string(),
  description: text,
  action: text,
  node_id: text,
  actor: text,
  enabled: z.boolean().meta({ description: 'False also after the receiver has answered 410' }),
  cursor: z.string().meta({ description: 'Of the feed: all before it was delivered or given up' }),
  failures: count.meta({ description: 'Attempts of the next event that have failed' }),
  next_attempt_at: time.nullable(),
  last_attempt_at: time.nullable(),
  last_status: z.number().int().nullable().meta({ description: 'Null where no answer came' }),
  last_error: text,
  dead_letters: count,
  created_at: time,
  created_by: z.string(),
};
export const webhookOut = z.object(stateOut).meta({ id: 'Webhook' });
export const newWebhookOut = z
  .object({ ...stateOut, secret: z.string().meta({ description: 'Told this once only' }) })
  .meta({ id: 'NewWebhook' });

export function webhookBody(webhook: WebhookState): z.input<typeof webhookOut> {
  const { id, url, description, action, nodeId, actor, enabled, position, failures, deadLetters } = webhook;
  return {
    ...{ webhook_id: id, url, description, action, node_id: nodeId, actor, enabled },
    ...{ cursor: position, failures, dead_letters: deadLetters },
    next_attempt_at: isoTime(webhook.nextAttemptAt),
    last_attempt_at: isoTime(webhook.lastAttemptAt),
    last_status: webhook.lastStatus,
    last_error: webhook.lastError,
    created_at: isoTime(webhook.createdAt),
    created_by: webhook.createdBy,
  };
}

export const deadLettersQuery = z.strictObject({
  limit: wholeNumber(1, 1000).default(100),
  after: z.string().optional().meta({ description: 'The cursor of a dead letter' }),
});

export const deadLettersOut = z
  .object({
    dead_letters: z.array(
      z.object({
        event_id: z.string(),
        node_id: text,
        action: text,
        attempts: count,
        status: z.number().int().nullable(),
        error: z.string(),
        at: time,
        cursor: z.string(),
      }),
    ),
    has_more: z.boolean(),
  })
  .meta({ id: 'DeadLetters' });

export function deadLetterBody({ id: _, eventId, nodeId, at, ...same }: DeadLetter) {
  return { ...same, event_id: eventId, node_id: nodeId, at: isoTime(at) };
}

export const resentOut = z
  .object({
    delivered: count,
    left: z.boolean().meta({ description: 'Call again: the receiver failed, or there was no time for more' }),
    error: text.meta({ description: 'What the receiver failed with' }),
  })
  .meta({ id: 'ResentDeadLetters' });
