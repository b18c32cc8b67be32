import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { getArtifacts } from '../artifacts/get-artifact.js';
import type { Context } from '../context.js';
import { traceLineage } from '../lineage/trace-lineage.js';
import type { z } from 'zod';
import { artifactBody, artifactParams, relationBody } from './artifact-schemas.js';
import { lineageOut, lineageQuery } from './lineage-schemas.js';
import { problems } from './schema-problem.js';

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
        response: { ...problems('not_found'), 200: lineageOut },
      },
    },
    async (request) => {
      const { relation_type: relationTypes, ...query } = request.query;
      return lineageBody(request.ctx, { artifactId: request.params.id, relationTypes, ...query });
    },
  );
  done();
}

async function lineageBody(ctx: Context, input: unknown): Promise<z.input<typeof lineageOut>> {
  const { artifactId, nodes, edges, totalCount, truncated } = await traceLineage(ctx, input);
  const [artifact, ...others] = await getArtifacts(ctx, [
    artifactId,
    ...nodes.map((node) => node.artifactId),
  ]);
  if (!artifact) throw new Error('a trace without the artifact that it starts from');
  const relatives = others.map((other, index) => ({
    ...artifactBody(other),
    depth: nodes[index]?.depth ?? 0,
  }));
  const side = (direction: 'upstream' | 'downstream') =>
    relatives.filter((_, index) => nodes[index]?.direction === direction);
  return {
    artifact_id: artifactId,
    artifact: artifactBody(artifact),
    ancestors: side('upstream'),
    descendants: side('downstream'),
    relations: edges.map(relationBody),
    total_count: totalCount,
    truncated,
  };
}
