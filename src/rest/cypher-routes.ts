import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { askGraph, question } from '../audit/ask-graph.js';
import { problems } from './schema-problem.js';

const answerOut = z
  .object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.unknown())).meta({
      description: 'Nodes are {labels, properties}, relationships {type, properties}, times ISO 8601',
    }),
    truncated: z.boolean().meta({ description: 'There were more rows than `limit`' }),
  })
  .meta({ id: 'CypherAnswer' });

export function cypherRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/cypher',
    {
      config: { role: 'admin' },
      schema: {
        tags: ['service'],
        summary: 'A Cypher statement that only reads: Neo4j refuses everything else',
        body: question,
        response: { ...problems(), 200: answerOut },
      },
    },
    (request) => askGraph(request.ctx, request.body),
  );
  done();
}
