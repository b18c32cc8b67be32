import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles } from '../http/access.js';
import { problems } from './schema-problem.js';

const callerOut = z
  .object({
    actor: z.string().meta({ description: 'The name under which changes are recorded' }),
    role: z.enum(roles).meta({ description: 'A writer may what a reader may, an admin what a writer may' }),
  })
  .meta({ id: 'Caller' });

export function callerRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/me',
    {
      schema: {
        tags: ['service'],
        summary: 'Who asks, and what they may do',
        response: { ...problems(), 200: callerOut },
      },
    },
    async ({ principal: { name: actor, role } }, reply) =>
      reply.header('cache-control', 'no-store').send({ actor, role }),
  );
  done();
}
