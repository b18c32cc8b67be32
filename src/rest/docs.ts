import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';

const description = `Where did this file come from, what was made from it, which file is the story's official cover,
and can the record be trusted. Errors are RFC 9457 problems with a stable \`code\`.`;

/** /openapi.json, made from the schemas that check the requests, and /docs, where one can read and try it offline. */
export function addDocs(app: FastifyInstance): void {
  void app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'artifact-graph', description, version: '1' },
      servers: [{ url: '/' }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{}, { bearer: [] }],
    },
    // What other plugins serve beside the API (GraphQL, pages) is documented elsewhere.
    transform: (route) =>
      route.url.startsWith('/api/v1/')
        ? jsonSchemaTransform(route)
        : { schema: { ...route.schema, hide: true }, url: route.url },
    transformObject: jsonSchemaTransformObject,
  });
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/docs')) route.config = { ...route.config, role: 'public' };
  });
  void app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { tryItOutEnabled: true, displayRequestDuration: true },
    theme: { title: 'artifact-graph' },
  });
  app.get('/openapi.json', { schema: { hide: true }, config: { role: 'public' } }, () => app.swagger());
}
