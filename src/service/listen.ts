import type { Config } from '../config.js';
import { sweepStaging } from '../content/staging.js';
import { WatchedStore } from '../content/watched-store.js';
import type { Context } from '../context.js';
import { schemaStatus } from '../db/schema-status.js';
import { probeGuard } from '../db/guard.js';
import { registerGraphql } from '../graphql/register-graphql.js';
import { openLegacyTables } from '../legacy/source/open-legacy-tables.js';
import { createAccess } from '../http/access.js';
import { createApp } from '../http/app.js';
import { registerRest } from '../rest/register-rest.js';
import { Delivery } from '../webhooks/deliver.js';
import { registerExplorer } from './explorer.js';
import { browserGuidePath, registerBrowserGuide } from './browser-guide.js';
import type { Service } from './open-service.js';
import { startTracing } from './tracing.js';

export interface Listening {
  /** http://host:port, without a slash at the end. */
  url: string;
  /** Stops listening, answers the requests that are under way, then resolves. */
  close(): Promise<void>;
}

/**
 * One HTTP server for REST, GraphQL and the pages; with LEGACY_DATABASE set, it answers for stories that are still there.
 * @throws InvalidInput when LEGACY_DATABASE is no database of the old system
 */
export async function listen(config: Config, service: Service): Promise<Listening> {
  const { ctx, stopWatching } = watchParts(service.ctx);
  await sweepStaging(ctx.content.scratchDir, ctx.clock());
  const access = createAccess(config.auth);
  const legacyTables = config.legacyDatabase ? await openLegacyTables(config.legacyDatabase) : null;
  const tracing = config.tracesTo === undefined ? null : await startTracing(config.tracesTo);
  const app = createApp({ context: ctx, access, deadlines: config.deadlines, trace: tracing?.trace });
  app.addHook('onClose', () => legacyTables?.close());
  try {
    registerRest(app, { context: ctx, legacyTables, webhooks: config.webhooks });
    await registerGraphql(app, ctx);
    registerBrowserGuide(app);
    await registerExplorer(app);
    const url = await app.listen({ host: config.host, port: config.port });
    const tried = tryGuard(ctx);
    const delivery = new Delivery(ctx, config.webhooks);
    delivery.start();
    const close = async () => {
      await Promise.all([app.close(), delivery.stop(), tried]);
      await tracing?.stop();
      stopWatching();
    };
    return { url, close };
  } catch (error) {
    stopWatching();
    await app.close();
    await tracing?.stop();
    throw error;
  }
}

/** From here on callers hear at once while Neo4j or the store is known not to answer. */
function watchParts(ctx: Context): { ctx: Context; stopWatching: () => void } {
  const { db, log } = ctx;
  const content = new WatchedStore(ctx.content);
  for (const [part, pulse] of Object.entries({ neo4j: db.pulse, content: content.pulse })) {
    pulse.start((down, err) =>
      down
        ? log.error({ part, err }, 'a part does not answer')
        : log.info({ part }, 'the part answers again'),
    );
  }
  return {
    ctx: { ...ctx, content },
    stopWatching: () => {
      db.pulse.stop();
      content.pulse.stop();
    },
  };
}

/**
 * Tries an active guard with a write that it must refuse, and says in the log when none stands. It also makes the database
 * plan the guard now, and not when the first caller writes.
 */
async function tryGuard({ db, log }: Context): Promise<void> {
  try {
    const { guards, findings } = await schemaStatus(db.driver, db.name);
    if (findings.length > 0) log.warn({ guards, findings }, 'the database is not as this service makes it');
    if (guards !== 'active') return;
    if (!(await probeGuard(db.driver, db.name)))
      log.error('the guard is installed, and the database accepts a write that breaks a rule');
  } catch (err) {
    log.warn({ err }, 'the guard could not be tried');
  }
}

/** Where Neo4j Browser, on this machine, finds its guide; known before the server listens only when the port is fixed. */
export function browserGuideUrl({ host, port }: Pick<Config, 'host' | 'port'>): string | undefined {
  const near = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return port === 0 ? undefined : `http://${near}:${port}${browserGuidePath}`;
}
