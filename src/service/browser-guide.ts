import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../package-root.js';

export const browserGuidePath = '/guide.html';

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, OPTIONS',
  'access-control-allow-headers': '*',
};

/** The page that Neo4j Browser opens with (it plays a guide from another origin only when that answers CORS). */
export function registerBrowserGuide(app: FastifyInstance): void {
  const html = readFileSync(join(packageRoot, 'web', 'browser-guide.html'), 'utf8');
  const open = { config: { role: 'public' as const } };
  app.get(browserGuidePath, open, (_request, reply) =>
    reply.headers(crossOrigin).type('text/html; charset=utf-8').send(html),
  );
  app.options(browserGuidePath, open, (_request, reply) => reply.headers(crossOrigin).code(204).send());
}
