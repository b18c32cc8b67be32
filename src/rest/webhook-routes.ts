import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { listDeadLetters, resendDeadLetters } from '../webhooks/dead-letters.js';
import {
  enableWebhook,
  getWebhook,
  listWebhooks,
  registerWebhook,
  removeWebhook,
  type WebhookSettings,
} from '../webhooks/webhook.js';
import { problems } from './schema-problem.js';
import { idParam } from './schema-parts.js';
import {
  deadLetterBody,
  deadLettersOut,
  deadLettersQuery,
  newWebhookOut,
  resentOut,
  webhookBody,
  webhookIn,
  webhookOut,
  webhookPatch,
} from './webhook-schemas.js';

const tags = ['webhooks'];
const admin = { role: 'admin', fieldNames: { nodeId: 'node_id', url: 'url' } } as const;
const params = z.object({ id: idParam });

export function webhookRoutes(settings: WebhookSettings) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    addRegistration(app, settings);
    addSubscription(app);
    addDeadLetters(app, settings);
    done();
  };
}

function addRegistration(app: FastifyInstance, settings: WebhookSettings): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.post(
    '/webhooks',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Have changes sent to an address, as they are committed; Idempotency-Key is not for this',
        body: webhookIn,
        response: { ...problems('conflict'), 201: newWebhookOut },
      },
    },
    async (request, reply) => {
      const { node_id: nodeId, ...same } = request.body;
      // Never an answer that is kept for repetitions: it has the secret.
      const { secret, ...webhook } = await registerWebhook(request.ctx, { ...same, nodeId }, settings);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...webhookBody(webhook), secret });
    },
  );
  api.get(
    '/webhooks',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Every webhook, with how far it has been delivered; oldest first',
        response: { ...problems(), 200: z.array(webhookOut) },
      },
    },
    async (request) => (await listWebhooks(request.ctx)).map(webhookBody),
  );
}

function addSubscription(app: FastifyInstance): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/webhooks/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'A webhook, with how far it has been delivered',
        params,
        response: { ...problems('not_found'), 200: webhookOut },
      },
    },
    async (request) => webhookBody(await getWebhook(request.ctx, request.params.id)),
  );
  api.patch(
    '/webhooks/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Stop delivery, or go on where it stood, at once',
        params,
        body: webhookPatch,
        response: { ...problems('not_found'), 200: webhookOut },
      },
    },
    async (request) => webhookBody(await enableWebhook(request.ctx, request.params.id, request.body.enabled)),
  );
  api.delete(
    '/webhooks/:id',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Forget a webhook and its dead letters',
        params,
        response: { ...problems('not_found'), 204: z.null().meta({ description: 'It is forgotten' }) },
      },
    },
    async (request, reply) => {
      await removeWebhook(request.ctx, request.params.id);
      return reply.code(204).send(null);
    },
  );
}

function addDeadLetters(app: FastifyInstance, settings: WebhookSettings): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  api.get(
    '/webhooks/:id/dead-letters',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Events that were tried for the last time, oldest first',
        params,
        querystring: deadLettersQuery,
        response: { ...problems('not_found'), 200: deadLettersOut },
      },
    },
    async (request) => {
      const { deadLetters, hasMore } = await listDeadLetters(request.ctx, {
        id: request.params.id,
        ...request.query,
      });
      return { dead_letters: deadLetters.map(deadLetterBody), has_more: hasMore };
    },
  );
  api.post(
    '/webhooks/:id/dead-letters/resend',
    {
      config: admin,
      schema: {
        tags,
        summary: 'Send dead letters once more, oldest first, until one fails',
        params,
        response: { ...problems('not_found'), 200: resentOut },
      },
    },
    (request) => resendDeadLetters(request.ctx, request.params.id, settings),
  );
}
