import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Milliseconds until a new request's headers must have arrived. */
const headersMs = 10_000;
/** Milliseconds between two looks at what moves. */
const lookMs = 15_000;
/** Bytes that have to move between two looks; a caller that is waited for and moves fewer is cut off. */
const leastBytes = 15 * 1024;
/** Milliseconds that requests under way are given when the server closes. */
const graceMs = 8_000;

/**
 * Keeps connections from being held for ever: silent ones, headers and bodies that trickle, readers that stall, and
 * whatever is still there when the server closes.
 */
export function guardConnections(app: FastifyInstance): void {
  const { server } = app;
  server.headersTimeout = headersMs;
  server.keepAliveTimeout = 60_000;
  server.maxConnections = 10_000;
  const transfers = new Map<Socket, { moved: number; waitsForCaller: () => boolean }>();
  app.addHook('onRequest', ({ raw, socket }, reply, done) => {
    const waitsForCaller = () => !raw.complete || reply.raw.writableLength > 0;
    transfers.set(socket, { moved: movedBy(socket), waitsForCaller });
    reply.raw.once('close', () => transfers.delete(socket));
    done();
  });
  const look = setInterval(() => {
    for (const [socket, transfer] of transfers) {
      const moved = movedBy(socket);
      if (transfer.waitsForCaller() && moved - transfer.moved < leastBytes) socket.destroy();
      transfer.moved = moved;
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

function movedBy({ bytesRead, bytesWritten }: Socket): number {
  return bytesRead + bytesWritten;
}
