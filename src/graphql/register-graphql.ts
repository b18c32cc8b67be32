import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InvalidInput } from '../errors.js';
import { problemOf, retryAfter } from '../http/problem.js';
import { usualMaxRead } from './indexed-reads.js';
import { landingPage, landingPart } from './landing-page.js';
import { graphqlRequest } from './request.js';
import { createGraphqlServer } from './server.js';

/**
 * Mounts /graphql on an application whose requests carry `principal` and `ctx` (createApp of src/http/app.ts). Readers
 * may query; mutations ask for a writer. A browser that opens the address gets a page to try it.
 */
export async function registerGraphql(
  app: FastifyInstance,
  { log, maxRead = usualMaxRead }: { log: Logger; maxRead?: number },
): Promise<void> {
  const server = await createGraphqlServer({ log });
  app.addHook('onClose', () => server.stop());
  await app.register((scope, _options, done) => {
    const page = landingPage();
    scope.setErrorHandler((error, request, reply) => refuse(error, request, reply, log));
    // Generated reads go to the driver by themselves.
    scope.addHook('preHandler', (request, _reply, ready) => {
      if (request.method === 'POST') request.ctx.db.refuseWhileDown();
      ready();
    });
    scope.route({
      method: 'POST',
      url: '/graphql',
      config: { role: 'reader' },
      handler: fastifyApolloHandler(server, {
        context: (request) => Promise.resolve(graphqlRequest(request, maxRead)),
      }),
    });
    scope.get('/graphql', { config: { role: 'public' } }, (request, reply) => {
      if (request.url.includes('?')) throw new InvalidInput('operations are sent by POST');
      return reply.type('text/html; charset=utf-8').send(page);
    });
    for (const [name, type] of [
      ['css', 'text/css'],
      ['js', 'text/javascript'],
    ] as const) {
      const text = landingPart(name);
      scope.get(`/graphql/page.${name}`, { config: { role: 'public' } }, (_request, reply) =>
        reply.type(`${type}; charset=utf-8`).send(text),
      );
    }
    done();
  });
}

/** What is refused before GraphQL sees it (no access, a body that is too large, no JSON), in GraphQL's words. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): FastifyReply {
  const { status, detail, code } = problemOf(error);
  if (status >= 500) log.error({ err: error, requestId: request.id }, detail);
  if (status === 503) reply.header('retry-after', String(retryAfter));
  return reply.code(status).send({ errors: [{ message: detail, extensions: { code } }] });
}
