import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { lineageFormats, printLineage } from '../lineage/print-lineage.js';
import { membersAtATime } from '../lineage/read-members.js';
import { readLineage } from '../lineage/read-trace.js';
import { artifactParams } from './artifact-schemas.js';
import { lineageLine, lineageOut, lineageQuery } from './lineage-schemas.js';
import { lineageText } from './lineage-text.js';
import { problems } from './schema-problem.js';

const ndjson = 'application/x-ndjson';

export function lineageRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/artifacts/:id/lineage',
    {
      config: { fieldNames: { artifactId: 'id', relationTypes: 'relation_type' } },
      schema: {
        tags: ['lineage'],
        summary: 'What an artifact was made from, and what was made from it; nearest first',
        params: artifactParams,
        querystring: lineageQuery,
        response: {
          ...problems('not_found'),
          200: {
            description:
              'The lineage; as lines of JSON, one for the whole and one for each artifact and relation, a client need not hold it',
            content: {
              'application/json': { schema: lineageOut },
              [ndjson]: { schema: lineageLine },
            },
          },
        },
      },
    },
    async ({ ctx, params, query: { relation_type: types, ...query }, headers }, reply) => {
      const input = { artifactId: params.id, relationTypes: types, ...query };
      const trace = await readLineage(ctx, input, { artifactProperties: [], edgeProperties: null });
      const form = headers.accept?.includes(ndjson) ? 'lines' : 'object';
      void reply
        .type(form === 'lines' ? ndjson : 'application/json; charset=utf-8')
        .header('vary', 'accept')
        .serializer((text: string) => text);
      const texts = lineageText(ctx, trace, { types: types ?? null, form });
      return sendLineage(reply, texts, trace.ids.length <= membersAtATime);
    },
  );
  app.withTypeProvider<ZodTypeProvider>().get(
    '/artifacts/:id/lineage/document',
    {
      config: { fieldNames: { artifactId: 'id', relationTypes: 'relation_type' } },
      schema: {
        tags: ['lineage'],
        summary: 'The same as a document: a tree to read, Graphviz, Mermaid, PROV-JSON, or plain JSON',
        params: artifactParams,
        querystring: lineageQuery.extend({ format: z.enum(lineageFormats).default('tree') }),
        response: { ...problems('not_found'), 200: z.string() },
      },
    },
    async ({ ctx, params, query: { relation_type: relationTypes, format, ...query } }, reply) => {
      const text = await printLineage(ctx, { artifactId: params.id, relationTypes, ...query }, format);
      const isJson = format === 'json' || format === 'prov';
      return reply
        .type(`${isJson ? 'application/json' : 'text/plain'}; charset=utf-8`)
        .serializer((body: string) => body)
        .send(text);
    },
  );
  done();
}

/** A short answer goes whole, so that what fails is told as a problem; a long one as it is read. */
async function sendLineage(reply: FastifyReply, texts: AsyncGenerator<string>, isShort: boolean) {
  if (!isShort) return reply.send(Readable.from(texts));
  let text = '';
  for await (const part of texts) text += part;
  return reply.send(text);
}
