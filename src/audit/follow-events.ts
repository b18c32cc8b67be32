import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.js';
import { Unavailable } from '../errors.js';
import { listEvents, type EventPage } from './list-events.js';

/** Milliseconds between two looks at a feed that has nothing new. */
const pauseMs = 500;

/**
 * The feed without an end, until the signal: pages as they come, an empty one each time that there is nothing new. A
 * database that is away is waited for.
 */
export async function* followEvents(
  ctx: Pick<Context, 'db' | 'log'>,
  input: Record<string, unknown> & { after?: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<EventPage> {
  let after = input.after;
  while (!signal.aborted) {
    const page = await listEvents(ctx, { ...input, after }).catch((err: unknown): EventPage => {
      if (!(err instanceof Unavailable)) throw err;
      ctx.log.warn({ err }, 'the feed waits for the database');
      return { events: [], hasMore: false, end: null };
    });
    yield page;
    after = page.events.at(-1)?.cursor ?? after;
    if (!page.hasMore) await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
