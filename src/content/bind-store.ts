import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { Conflict } from '../errors.js';

const findBindings = statement('content/find-bindings.cypher', {
  params: z.object({}),
  row: z.object({ storeId: z.string() }),
});
const recordBinding = statement('content/bind-store.cypher', {
  params: z.object({
    storeId: z.string(),
    kind: z.enum(['s3', 'disk']),
    at: z.number().int(),
    actor: z.string(),
  }),
  row: z.never(),
});

/**
 * Gives the store an id and writes it into both, the store and the graph: only then may a collection believe the graph
 * about what is unused. A graph that was bound to this store before is so no longer.
 * @throws Unavailable
 */
export async function bindStore(ctx: Omit<Context, 'log'>): Promise<void> {
  const { kind } = ctx.content;
  const storeId = randomUUID();
  const at = ctx.clock().getTime();
  // First the graph: an id that only the graph knows binds nothing.
  await ctx.db.write((tx) => tx.exec(recordBinding, { storeId, kind, at, actor: ctx.actor }));
  await ctx.content.writeId(storeId);
}

/** Binds a new store and a new graph to each other; where either has an id already, nothing happens. */
export async function bindNewStore(ctx: Omit<Context, 'log'>): Promise<void> {
  if ((await ctx.db.many(findBindings, {})).length > 0) return;
  if ((await ctx.content.readId()) === null) await bindStore(ctx);
}

/** @throws Conflict unless the id of the store is written into the graph too */
export async function requireBoundStore(ctx: Pick<Context, 'db' | 'content'>): Promise<void> {
  const storeId = await ctx.content.readId();
  const bindings = await ctx.db.many(findBindings, {});
  if (bindings.some((row) => row.storeId === storeId)) return;
  throw new Conflict(
    'this graph is not bound to this media store, so it cannot tell what is unused there; where they belong together, say so with `artifact-graph content bind`',
  );
}
