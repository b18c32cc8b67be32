import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds until a new request's headers must have arrived. */
const headersMs = 10_000;
/** A caller that is waited for and moves fewer bytes in so many milliseconds is cut off. */
const leastBytes = 15 * 1024;
const spanMs = 15_000;
/** Milliseconds between two looks at what moves. */
const lookMs = 1_000;
/** Milliseconds that requests under way are given when the server closes. */
const graceMs = 8_000;

/** A request and its answer, and what their connection had moved when the present span began. */
interface Exchange {
  request: IncomingMessage;
  answer: ServerResponse;
  moved: number;
  /** Of `performance.now()`. */
  since: number;
}

/**
 * Keeps connections from being held for ever: silent ones, headers and bodies that trickle, readers that stall, and
 * whatever is still there when the server closes.
 */
export function guardConnections(app: FastifyInstance): void {
  const { server } = app;
  server.headersTimeout = headersMs;
  server.keepAliveTimeout = 60_000;
  server.maxConnections = 10_000;
  const underWay = new Map<Socket, Exchange>();
  app.addHook('onRequest', ({ raw, socket, atEnd }, reply, done) => {
    underWay.set(socket, {
      request: raw,
      answer: reply.raw,
      moved: movedBy(socket),
      since: performance.now(),
    });
    atEnd.push(() => underWay.delete(socket));
    done();
  });
  const look = setInterval(() => {
    const now = performance.now();
    for (const [socket, exchange] of underWay) {
      if (now - exchange.since < spanMs) continue;
      const moved = movedBy(socket);
      if (moved - exchange.moved < leastBytes && waitsForCaller(exchange)) socket.destroy();
      Object.assign(exchange, { moved, since: now });
    }
  }, lookMs).unref();
  app.addHook('preClose', (done) => {
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
    done();
  });
  app.addHook('onClose', (_app, done) => {
    clearInterval(look);
    done();
  });
}

const waitsForCaller = ({ request, answer }: Exchange) => !request.complete || answer.writableLength > 0;

const movedBy = ({ bytesRead, bytesWritten }: Socket) => bytesRead + bytesWritten;
