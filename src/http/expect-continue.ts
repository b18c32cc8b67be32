import type { ServerResponse } from 'node:http';
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refusalOfType } from './json-body.js';
import { nothingAt, sendProblem } from './problem.js';

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
    if (request.routeOptions.config.moves === 'bytes' || !waiting.has(reply.raw)) {
      done();
    } else if (request.is404) {
      void sendProblem(reply, nothingAt(request.url));
    } else {
      const refused = refusalOf(request);
      if (!refused) askForBody(reply);
      done(refused);
    }
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // What the caller sends next may be the body or another request: nobody can tell.
    if (waiting.has(reply.raw)) reply.header('connection', 'close');
    done();
  });
}

/** What the reader of the body would say of its head, once it had the body. */
function refusalOf({ headers, routeOptions }: FastifyRequest): Error | undefined {
  const tooLarge = Number(headers['content-length']) > (routeOptions.bodyLimit ?? Infinity);
  return tooLarge ? new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE() : refusalOfType(headers);
}

/** Tells a caller that waits for it to send the body. */
export function askForBody({ raw }: FastifyReply): void {
  if (waiting.delete(raw)) raw.writeContinue();
}
