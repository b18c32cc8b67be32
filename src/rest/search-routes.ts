import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { artifactTypes, lifecycleStates, runStatuses } from '../model/vocabulary.js';
import { maxHits, searchGraph, searchKinds, type SearchHit } from '../search/search-graph.js';
import { problems } from './schema-problem.js';
import { wholeNumber } from './schema-parts.js';

const searchQuery = z.strictObject({
  q: z.string().meta({ description: 'All of these words, each whole or in part' }),
  limit: wholeNumber(1, maxHits).default(20),
});

const hitOut = z
  .object({
    kind: z.enum(searchKinds),
    id: z.string(),
    score: z.number().meta({ description: 'Greater is better; means something within one answer' }),
    label: z.string().nullable(),
    artifact_type: z.enum(artifactTypes).nullable(),
    lifecycle_state: z.enum(lifecycleStates).nullable(),
    run_status: z.enum(runStatuses).nullable(),
    story: z.object({ story_id: z.string(), title: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'SearchHit' });

const searchOut = z.object({ hits: z.array(hitOut), truncated: z.boolean() }).meta({ id: 'SearchAnswer' });

function hitBody(hit: SearchHit): z.input<typeof hitOut> {
  return {
    kind: hit.kind,
    id: hit.id,
    score: hit.score,
    label: hit.label,
    artifact_type: hit.type,
    lifecycle_state: hit.state,
    run_status: hit.status,
    story: hit.storyId === null ? null : { story_id: hit.storyId, title: hit.storyTitle },
  };
}

export function searchRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/search',
    {
      config: { fieldNames: { text: 'q' } },
      schema: {
        tags: ['search'],
        summary:
          'Stories, artifacts and runs by title, description, agent, step, id and external id; best first',
        querystring: searchQuery,
        response: { ...problems(), 200: searchOut },
      },
    },
    async (request) => {
      const { q: text, limit } = request.query;
      const { hits, truncated } = await searchGraph(request.ctx, { text, limit });
      return { hits: hits.map(hitBody), truncated };
    },
  );
  done();
}
