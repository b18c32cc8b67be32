import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import type { LegacyTables } from '../legacy/legacy-tables.js';
import { artifactRoutes } from './artifact-routes.js';
import { contentRoutes } from './content-routes.js';
import { healthRoutes } from './health-routes.js';
import { legacyRoutes } from './legacy-routes.js';
import { lineageRoutes } from './lineage-routes.js';
import { runRoutes } from './run-routes.js';
import { storyRoutes } from './story-routes.js';

/** Everything under /api/v1. */
export function apiRoutes(context: Omit<Context, 'actor'>, legacyTables: LegacyTables | null) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(healthRoutes(context));
    await app.register(artifactRoutes);
    await app.register(contentRoutes);
    await app.register(legacyRoutes(legacyTables));
    await app.register(lineageRoutes);
    await app.register(runRoutes);
    await app.register(storyRoutes);
  };
}
