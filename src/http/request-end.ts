import type { FastifyInstance } from 'fastify';

/**
 * Lets other hooks add to `request.atEnd` what has to be done when the answer is sent, or when its connection closes
 * before that. They share one listener: an answer that is streamed has many others.
 */
export function watchEnds(app: FastifyInstance): void {
  app.decorateRequest('atEnd');
  app.addHook('onRequest', (request, reply, done) => {
    const atEnd: (() => void)[] = [];
    request.atEnd = atEnd;
    reply.raw.once('close', () => {
      for (const act of atEnd) act();
    });
    done();
  });
}
