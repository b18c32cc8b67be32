import { z } from 'zod';
import type { Context } from '../context.js';
import { statement } from '../db/statement.js';
import { parseInput } from '../model/parse-input.js';
import { decodeCursor, encodeCursor } from '../model/cursor.js';

const time = z.iso.datetime({ offset: true });
const name = z.string().min(1).max(400);
/** A time as exact as the database has it, and the event's id; '' stands before every event of that time. */
const eventPlace = z.tuple([time, z.string().max(400)]);

const listInput = z.strictObject({
  first: z.number().int().min(1).max(1000).default(100),
  /** The cursor of an event; the answer begins behind it. */
  after: z.string().nullish(),
  nodeId: name.nullish(),
  actor: name.nullish(),
  action: name.nullish(),
  /** Inclusive. */
  since: time.nullish(),
  /** Exclusive. */
  until: time.nullish(),
  newestFirst: z.boolean().default(false),
});

const span = z.object({ from: z.string(), to: z.string(), id: z.string(), limit: z.number().int() });
const text = z.string().nullable();
const row = z.object({
  id: z.string(),
  exactAt: z.string(),
  at: z.number(),
  actor: text,
  action: text,
  nodeLabel: text,
  nodeId: text,
  before: text,
  after: text,
  reason: text,
});

const readBy = (order: 'oldest' | 'newest') => ({
  node: statement(`audit/read-${order}-of-node.cypher`, {
    params: span.extend({ nodeId: z.string(), actor: text, action: text }),
    row,
  }),
  action: statement(`audit/read-${order}-of-action.cypher`, {
    params: span.extend({ action: z.string(), actor: text }),
    row,
  }),
  actor: statement(`audit/read-${order}-of-actor.cypher`, {
    params: span.extend({ actor: z.string() }),
    row,
  }),
  all: statement(`audit/read-${order}.cypher`, { params: span, row }),
});
const [oldest, newest] = [readBy('oldest'), readBy('newest')];

const readWatermark = statement('audit/read-watermark.cypher', {
  params: z.object({}),
  row: z.object({ at: z.string() }),
});

/** One change: `at` in milliseconds since 1970 UTC; `before` and `after` short texts or JSON; `reason` of maintenance. */
export interface ListedEvent extends Omit<z.infer<typeof row>, 'exactAt'> {
  /** The place behind this event. */
  cursor: string;
}

export interface EventPage {
  events: ListedEvent[];
  hasMore: boolean;
  /** The place behind all that was looked at, also where nothing of it was asked for; null of the newest. */
  end: string | null;
}

const beginning = '1970-01-01T00:00:00Z';
const end = '9999-12-31T00:00:00Z';

/**
 * Audit events. Oldest first it is a feed: who goes on from the last cursor gets every event that is ever committed,
 * those of one node in the order of their commits. An event waits until no open transaction can bring an earlier one.
 * Newest first it is what is there now.
 * @throws InvalidInput
 */
export async function listEvents({ db }: Pick<Context, 'db'>, input: unknown): Promise<EventPage> {
  const { first, after, since, until, newestFirst, ...filter } = parseInput(listInput, input);
  const [placeAt, placeId] =
    after == null ? [] : decodeCursor(after, eventPlace, { field: 'after', of: 'feed' });
  const page = { id: placeId ?? '', limit: first + 1, filter };
  if (newestFirst) {
    const to = placeAt ?? until ?? end;
    const found = await readPage(db, newest, { ...page, from: since ?? beginning, to });
    return { ...pageOf(found, first), end: null };
  }
  const from = placeAt ?? since ?? beginning;
  const to = earlier(until ?? end, (await db.one(readWatermark, {})).at);
  const { events, hasMore } = pageOf(await readPage(db, oldest, { ...page, from, to }), first);
  const watermark = earlier(from, to) === from ? encodeCursor([to, '']) : (after ?? encodeCursor([from, '']));
  return { events, hasMore, end: hasMore ? (events.at(-1)?.cursor ?? watermark) : watermark };
}

function pageOf(found: z.infer<typeof row>[], first: number): Pick<EventPage, 'events' | 'hasMore'> {
  const events = found.slice(0, first).map(({ exactAt, ...event }) => ({
    ...event,
    cursor: encodeCursor([exactAt, event.id]),
  }));
  return { events, hasMore: found.length > first };
}

/** The place in the feed behind every event that is there now. */
export async function watermarkCursor({ db }: Pick<Context, 'db'>): Promise<string> {
  return encodeCursor([(await db.one(readWatermark, {})).at, '']);
}

const earlier = (a: string, b: string) => (Date.parse(a) < Date.parse(b) ? a : b);

interface Filter {
  nodeId?: string | null | undefined;
  actor?: string | null | undefined;
  action?: string | null | undefined;
}

/** By the index that leaves the least to read. */
function readPage(
  db: Context['db'],
  read: ReturnType<typeof readBy>,
  { filter: { nodeId, actor, action }, ...page }: z.infer<typeof span> & { filter: Filter },
): Promise<z.infer<typeof row>[]> {
  if (nodeId != null)
    return db.many(read.node, { ...page, nodeId, actor: actor ?? null, action: action ?? null });
  if (action != null) return db.many(read.action, { ...page, action, actor: actor ?? null });
  return actor == null ? db.many(read.all, page) : db.many(read.actor, { ...page, actor });
}
