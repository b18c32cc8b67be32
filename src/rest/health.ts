import { z } from 'zod';
import type { Context } from '../context.js';
import { schemaStatus } from '../db/schema-status.js';
import { inTime } from '../db/in-time.js';
import type { Unavailable } from '../errors.js';
import { time } from './schema-parts.js';

const guardStates = ['active', 'outdated', 'missing', 'unsupported', 'unknown'] as const;
const part = z.enum(['up', 'down']);

export const healthOut = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']).meta({
      description:
        'degraded: all parts answer, but the database is not as this service makes it; unhealthy: a part is down',
    }),
    service: z.literal('artifact-graph'),
    neo4j: part,
    blob_store: part,
    guards: z.enum(guardStates),
    schema_findings: z.array(z.object({ rule: z.string(), id: z.string(), detail: z.string() })).meta({
      description:
        'what is wrong with the guard, triggers of somebody else, constraints and indexes that are missing or changed; at most 20',
    }),
    schema_version: z.number().int().nullable(),
    timestamp: time,
  })
  .meta({ id: 'Health' });
export type Health = z.input<typeof healthOut>;

/** A part that takes longer counts as down: a paused server accepts connections and never answers. Milliseconds. */
const patience = 2_500;

/** One question at a time: callers during it share its answer, so a part that hangs is not asked more and more. */
class Probe<T> {
  private underWay: Promise<T | null> | null = null;

  constructor(
    private readonly part: Unavailable['part'],
    private readonly ask: () => Promise<T>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** null when the part is down or takes too long. */
  answer(): Promise<T | null> {
    return (this.underWay ??= this.askOnce());
  }

  private async askOnce(): Promise<T | null> {
    try {
      return await inTime(this.ask(), { ms: patience, part: this.part });
    } catch (error) {
      this.failed(error);
      return null;
    } finally {
      this.underWay = null;
    }
  }
}

/** How each part is at the moment of asking, within three seconds, also when a part hangs. */
export function healthCheck({ db, content, clock, log }: Omit<Context, 'actor'>): () => Promise<Health> {
  const graph = new Probe(
    'neo4j',
    () => schemaStatus(db.driver, db.name),
    (err) => log.warn({ err }, 'Neo4j does not answer the health check'),
  );
  const store = new Probe(
    'content',
    () => content.check().then(() => true),
    (err) => log.warn({ err }, 'the blob store does not answer the health check'),
  );
  return async () => {
    const [schema, stored] = await Promise.all([db.pulse.down ? null : graph.answer(), store.answer()]);
    const guards = schema?.guards ?? 'unknown';
    const down = schema === null || stored === null;
    const findings = schema?.findings ?? [];
    return {
      status: down ? 'unhealthy' : findings.length === 0 ? 'healthy' : 'degraded',
      service: 'artifact-graph',
      neo4j: schema === null ? 'down' : 'up',
      blob_store: stored === null ? 'down' : 'up',
      guards,
      schema_findings: findings.slice(0, 20),
      schema_version: schema?.version ?? null,
      timestamp: clock().toISOString(),
    };
  };
}
