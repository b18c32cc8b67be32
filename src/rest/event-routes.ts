import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { followEvents } from '../audit/follow-events.js';
import { eventBody } from '../audit/event-body.js';
import { listEvents, type EventPage } from '../audit/list-events.js';
import { problems } from './schema-problem.js';
import { time, wholeNumber } from './schema-parts.js';

const eventsQuery = z.strictObject({
  after: z.string().optional().meta({ description: 'The cursor of an event: the answer begins behind it' }),
  limit: wholeNumber(1, 1000).default(100),
  node_id: z.string().optional(),
  actor: z.string().optional(),
  action: z.string().optional().meta({ description: 'Such as artifact.moved' }),
  since: z.string().optional().meta({ format: 'date-time', description: 'The first time that counts' }),
  until: z.string().optional().meta({ format: 'date-time', description: 'The first time that does not' }),
});

const text = z.string().nullable();
const eventOut = z
  .object({
    id: z.string(),
    cursor: z.string(),
    at: time,
    actor: text,
    action: text,
    node_label: text,
    node_id: text,
    before: text,
    after: text,
    reason: text.meta({ description: 'Of a deletion: why' }),
  })
  .meta({ id: 'AuditEvent' });

const eventsOut = z
  .object({
    events: z.array(eventOut),
    cursor: text.meta({ description: 'Send it as `after` to go on, now or later' }),
    has_more: z.boolean(),
  })
  .meta({ id: 'AuditEvents' });

/** Server-sent events; a comment where nothing is new, by which a client that is gone is noticed. */
async function* eventStream(pages: AsyncIterable<EventPage>): AsyncGenerator<string> {
  let silent = 0;
  for await (const { events } of pages) {
    if (events.length > 0) {
      silent = 0;
      yield events
        .map((event) => `id: ${event.cursor}\ndata: ${JSON.stringify(eventBody(event))}\n\n`)
        .join('');
    } else if (silent++ % 20 === 0) yield ': waiting\n\n';
  }
}

/** Streams end when their client leaves, or the service does. */
class Streams {
  private readonly open = new Set<AbortController>();

  signalFor({ raw }: FastifyRequest): AbortSignal {
    const controller = new AbortController();
    this.open.add(controller);
    raw.socket.once('close', () => {
      this.open.delete(controller);
      controller.abort();
    });
    return controller.signal;
  }

  end(): void {
    for (const controller of this.open) controller.abort();
  }
}

function inputOf({ limit, node_id: nodeId, ...same }: z.output<typeof eventsQuery>) {
  return { ...same, first: limit, nodeId };
}

const lastEventId = ({ headers }: FastifyRequest) => {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
};

export function eventRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  const streams = new Streams();
  app.addHook('preClose', (ended) => {
    streams.end();
    ended();
  });
  app.withTypeProvider<ZodTypeProvider>().get(
    '/events',
    {
      config: { follows: true, fieldNames: { first: 'limit', nodeId: 'node_id' } },
      schema: {
        tags: ['events'],
        summary:
          'Audit events, oldest first, as a page or (Accept: text/event-stream) as a stream without an end',
        querystring: eventsQuery,
        response: {
          ...problems(),
          200: {
            description: 'Events behind `after`; a stream sends them as server-sent events, each id a cursor',
            content: {
              'application/json': { schema: eventsOut },
              'text/event-stream': { schema: z.string().or(z.instanceof(Readable)).meta({ type: 'string' }) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const input = inputOf(request.query);
      if (!request.headers.accept?.includes('text/event-stream')) {
        const { events, hasMore } = await listEvents(request.ctx, input);
        const cursor = events.at(-1)?.cursor ?? input.after ?? null;
        return reply.send({ events: events.map(eventBody), cursor, has_more: hasMore });
      }
      const from = { ...input, after: lastEventId(request) ?? input.after };
      // What is wrong with the request is said before the stream begins.
      await listEvents(request.ctx, { ...from, first: 1 });
      const pages = followEvents(request.ctx, from, streams.signalFor(request));
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(eventStream(pages)));
    },
  );
  done();
}
