import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findLegacyMedia } from '../legacy/legacy-media.js';
import type { LegacyTables } from '../legacy/source/legacy-tables.js';
import { problems } from './schema-problem.js';
import { storyParams } from './story-schemas.js';

const text = z.string().nullable();
const legacyMediaOut = z
  .object({ audio_url: text, image_url: text, image_path: text, origin: z.enum(['artifact', 'legacy']) })
  .meta({ id: 'LegacyMedia' });

/** What clients of the old system ask; `tables` is the old database, as long as there is one. */
export function legacyRoutes(tables: LegacyTables | null) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    app.withTypeProvider<ZodTypeProvider>().get(
      '/legacy/stories/:id/media',
      {
        schema: {
          tags: ['legacy'],
          summary: "Where a story's media are: its artifacts first, else the fields of its old row",
          params: storyParams,
          response: { ...problems('not_found'), 200: legacyMediaOut },
        },
      },
      async (request) => {
        const contentUrl = (id: string) => `/api/v1/artifacts/${encodeURIComponent(id)}/content`;
        const media = await findLegacyMedia(request.ctx, tables, request.params.id, contentUrl);
        return {
          audio_url: media.audioUrl,
          image_url: media.imageUrl,
          image_path: media.imagePath,
          origin: media.origin,
        };
      },
    );
    done();
  };
}
