import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Context } from '../context.js';
import { healthCheck, healthOut } from './health.js';
import { problems } from './schema-problem.js';

export function healthRoutes(context: Omit<Context, 'actor'>) {
  const check = healthCheck(context);
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.withTypeProvider<ZodTypeProvider>().get(
      '/artifacts/health',
      {
        config: { role: 'public', vital: true },
        schema: {
          tags: ['service'],
          summary: 'How each part of the service is',
          response: { ...problems(), 200: healthOut, 503: healthOut },
        },
      },
      async (_request, reply) => {
        const health = await check();
        return reply
          .code(health.status === 'unhealthy' ? 503 : 200)
          .header('cache-control', 'no-store')
          .send(health);
      },
    );
    done();
  };
}
