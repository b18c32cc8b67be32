import type { Config } from '../config.js';
import { bindNewStore } from '../content/bind-store.js';
import type { Context } from '../context.js';
import { applyMigrations } from '../db/apply-migrations.js';
import { Database } from '../db/database.js';
import { Unavailable } from '../errors.js';
import { startNeo4j } from '../local/neo4j.js';
import { openLog } from './open-log.js';
import { openStore } from './open-store.js';

/** The parts that a command works with, started where they are missing. */
export interface Service {
  ctx: Context;
  /** Addresses for people; undefined for what is not ours to know. */
  places: { neo4j: string; browser: string | undefined; content: string };
  /** Leaves everything; servers that this process started and nobody else uses are stopped. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  config: Config;
  onProgress: (line: string) => void;
  /** Gives up starting. */
  signal: AbortSignal;
  actor: string;
  /** False to look at a database without bringing it to the schema. */
  migrate?: boolean;
  /** The page that Neo4j Browser opens with. */
  browserGuideUrl?: string | undefined;
}

/** What has to be closed, last opened first; each is closed even when another fails. */
class Cleanup {
  private readonly steps: (() => Promise<void>)[] = [];

  push(step: () => Promise<void>): void {
    this.steps.unshift(step);
  }

  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps.splice(0)) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'stopping did not succeed');
  }
}

/**
 * Opens Neo4j and the content store (configured, running, or started here) and brings the schema up to date.
 * @throws PrerequisiteMissing, Unavailable
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const cleanup = new Cleanup();
  try {
    return await open(options, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function open(
  { config, onProgress, signal, actor, migrate, browserGuideUrl }: ServiceOptions,
  cleanup: Cleanup,
): Promise<Service> {
  const [neo4j, content] = await awaitBoth(
    openNeo4j(config, { onProgress, signal, browserGuideUrl }).then((opened) => {
      cleanup.push(opened.stop);
      return opened;
    }),
    openStore(config, { onProgress, signal }).then((opened) => {
      cleanup.push(() => opened.stop());
      return opened;
    }),
  );
  const db = Database.connect({ ...neo4j, database: config.neo4j.database });
  cleanup.push(() => db.close());
  await db.check();
  if (migrate !== false) {
    const applied = await applyMigrations(db.driver, db.name);
    if (applied.length > 0) onProgress(`schema: applied ${applied.join(', ')}`);
  }
  const log = openLog(config.logLevel, process.stderr.fd);
  const ctx: Context = { db, content: content.store, clock: () => new Date(), log, actor };
  if (migrate !== false) await bindNewStore(ctx);
  return {
    ctx,
    places: { neo4j: neo4j.uri, browser: neo4j.browser, content: content.place },
    close: () => cleanup.run(),
  };
}

/** Both, or the first error once both have ended: what one has opened by then can be left. */
async function awaitBoth<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

interface OpenedNeo4j {
  uri: string;
  user: string;
  password: string;
  /** Neo4j Browser of a server of our own, with who may log in and where the password lies. */
  browser: string | undefined;
  stop: () => Promise<void>;
}

async function openNeo4j(
  config: Config,
  options: { onProgress: (line: string) => void; signal: AbortSignal; browserGuideUrl: string | undefined },
): Promise<OpenedNeo4j> {
  const { uri, user, password } = config.neo4j;
  if (uri !== undefined) {
    if (password === undefined)
      throw new Unavailable('neo4j', 'NEO4J_PASSWORD is needed when NEO4J_URI is set');
    return { uri, user, password, browser: undefined, stop: () => Promise.resolve() };
  }
  const { onProgress, signal, browserGuideUrl } = options;
  const local = await startNeo4j({
    dataDir: config.dataDir,
    cacheDir: config.cacheDir,
    onProgress,
    signal,
    ...(browserGuideUrl === undefined ? {} : { browserGuideUrl }),
  });
  const browser = `${local.browserUrl} (user ${local.user}, password in ${local.passwordFile})`;
  return { ...local, browser };
}
