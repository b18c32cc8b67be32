import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Answers whose callers wait to be told to send the body (RFC 9110, section 10.1.1). */
const waiting = new WeakSet<ServerResponse>();

/**
 * Whoever sends `Expect: 100-continue` is told to go on only when nothing in the head is refused; a refusal before that
 * costs the caller no body. Routes that say `moves: 'bytes'` call `askForBody` themselves, when they have looked at all
 * that the head says.
 */
export function answerExpectations(app: FastifyInstance): void {
  const { server } = app;
  server.on('checkContinue', (request, answer) => {
    waiting.add(answer);
    server.emit('request', request, answer);
  });
  app.addHook('preParsing', (request, reply, _payload, done) => {
    if (request.routeOptions.config.moves !== 'bytes') askForBody(reply);
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // What the caller sends next may be the body or another request: nobody can tell.
    if (waiting.has(reply.raw)) reply.header('connection', 'close');
    done();
  });
}

/** Tells a caller that waits for it to send the body. */
export function askForBody({ raw }: FastifyReply): void {
  if (waiting.delete(raw)) raw.writeContinue();
}
