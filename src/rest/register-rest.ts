import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import type { LegacyTables } from '../legacy/source/legacy-tables.js';
import { addDocs } from './docs.js';
import { forgetOldKeys } from './idempotency.js';
import { artifactRoutes } from './artifact-routes.js';
import { callerRoutes } from './caller-routes.js';
import { contentRoutes } from './content-routes.js';
import { cypherRoutes } from './cypher-routes.js';
import { eventRoutes } from './event-routes.js';
import { healthRoutes } from './health-routes.js';
import { legacyRoutes } from './legacy-routes.js';
import { lineageRoutes } from './lineage-routes.js';
import { runRoutes } from './run-routes.js';
import { searchRoutes } from './search-routes.js';
import type { WebhookSettings } from '../webhooks/webhook.js';
import { storyRoutes } from './story-routes.js';
import { webhookRoutes } from './webhook-routes.js';

export interface RestOptions {
  context: Omit<Context, 'actor'>;
  /** The old system's database, for the media of stories that are not imported yet; none by default. */
  legacyTables?: LegacyTables | null;
  /** Receivers on private networks are refused by default. */
  webhooks?: WebhookSettings;
}

/** Mounts REST under /api/v1, and /openapi.json and /docs, which describe it, on an application of `createApp`. */
export function registerRest(app: FastifyInstance, options: RestOptions): void {
  addDocs(app);
  void app.register(apiRoutes(options), { prefix: '/api/v1' });
  forgetKeysHourly(app, options.context);
}

function apiRoutes({ context, legacyTables = null, webhooks = { privateAddresses: false } }: RestOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(healthRoutes(context));
    await app.register(artifactRoutes);
    await app.register(callerRoutes);
    await app.register(contentRoutes);
    await app.register(cypherRoutes);
    await app.register(eventRoutes);
    await app.register(legacyRoutes(legacyTables));
    await app.register(lineageRoutes);
    await app.register(runRoutes);
    await app.register(searchRoutes);
    await app.register(storyRoutes);
    await app.register(webhookRoutes(webhooks));
  };
}

const hour = 3600 * 1000;

function forgetKeysHourly(app: FastifyInstance, { db, log, clock }: Omit<Context, 'actor'>): void {
  let timer: NodeJS.Timeout | undefined;
  const tidy = () =>
    forgetOldKeys(db, clock().getTime()).catch((err: unknown) =>
      log.warn({ err }, 'old idempotency keys stay for now'),
    );
  app.addHook('onListen', (done) => {
    timer = setInterval(() => void tidy(), hour).unref();
    done();
  });
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}
