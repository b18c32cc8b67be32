import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { readCypher } from '../db/statement.js';
import { packageRoot } from '../package-root.js';

export const browserGuidePath = '/guide.html';

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, OPTIONS',
  'access-control-allow-headers': '*',
};

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The guide with statements of the repository in their places; it names nothing of the graph. */
function writeGuide(origin: string): string {
  const html = readFileSync(join(packageRoot, 'web', 'browser-guide.html'), 'utf8');
  return html.replaceAll(/\{\{([\w./-]+)\}\}/g, (_, name: string) =>
    escaped(name === 'origin' ? origin : readCypher(join(packageRoot, 'cypher', name))),
  );
}

/**
 * The pages that Neo4j Browser opens with, and its colours (it plays a guide from another origin only when that answers
 * CORS).
 */
export function registerBrowserGuide(app: FastifyInstance): void {
  const open = { config: { role: 'public' as const } };
  const style = readFileSync(join(packageRoot, 'web', 'browser-style.grass'), 'utf8');
  app.get(browserGuidePath, open, (request, reply) =>
    reply
      .headers(crossOrigin)
      .type('text/html; charset=utf-8')
      .send(writeGuide(`${request.protocol}://${request.host}`)),
  );
  app.get('/guide.grass', open, (_request, reply) =>
    reply.headers(crossOrigin).type('text/plain; charset=utf-8').send(style),
  );
  for (const path of [browserGuidePath, '/guide.grass'])
    app.options(path, open, (_request, reply) => reply.headers(crossOrigin).code(204).send());
}
