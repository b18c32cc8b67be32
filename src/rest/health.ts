import { z } from 'zod';
import type { Context } from '../context.js';
import { schemaStatus } from '../db/apply-migrations.js';
import { time } from './schema-parts.js';

const guardStates = ['active', 'outdated', 'missing', 'unsupported', 'unknown'] as const;
const part = z.enum(['up', 'down']);

export const healthOut = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']).meta({
      description:
        'degraded: all parts answer, but the database guards do not stand; unhealthy: a part is down',
    }),
    service: z.literal('artifact-graph'),
    neo4j: part,
    blob_store: part,
    guards: z.enum(guardStates),
    schema_version: z.number().int().nullable(),
    timestamp: time,
  })
  .meta({ id: 'Health' });
export type Health = z.input<typeof healthOut>;

/** A part that takes longer counts as down: a paused server accepts connections and never answers. Milliseconds. */
const patience = 3_000;

/** One question at a time: callers during it share its answer, so a part that hangs is not asked more and more. */
class Probe<T> {
  private underWay: Promise<T | null> | null = null;

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** null when the part is down or takes too long. */
  async answer(): Promise<T | null> {
    this.underWay ??= this.askOnce();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, patience, null);
    });
    try {
      return await Promise.race([this.underWay, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async askOnce(): Promise<T | null> {
    try {
      return await this.ask();
    } catch (error) {
      this.failed(error);
      return null;
    } finally {
      this.underWay = null;
    }
  }
}

/** How each part is at the moment of asking, within three seconds also when a part hangs. */
export function healthCheck({ db, content, clock, log }: Omit<Context, 'actor'>): () => Promise<Health> {
  const graph = new Probe(
    () => schemaStatus(db.driver, db.name),
    (err) => log.warn({ err }, 'Neo4j does not answer the health check'),
  );
  const store = new Probe(
    () => content.check().then(() => true),
    (err) => log.warn({ err }, 'the blob store does not answer the health check'),
  );
  return async () => {
    const [schema, stored] = await Promise.all([graph.answer(), store.answer()]);
    const guards = schema?.guards ?? 'unknown';
    const down = schema === null || stored === null;
    return {
      status: down ? 'unhealthy' : guards === 'active' ? 'healthy' : 'degraded',
      service: 'artifact-graph',
      neo4j: schema === null ? 'down' : 'up',
      blob_store: stored === null ? 'down' : 'up',
      guards,
      schema_version: schema?.version ?? null,
      timestamp: clock().toISOString(),
    };
  };
}
