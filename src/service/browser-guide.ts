import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { readCypher } from '../db/statement.js';
import { packageRoot } from '../package-root.js';
import { findShowcase } from '../stories/find-showcase.js';

export const browserGuidePath = '/guide.html';

const crossOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, OPTIONS',
  'access-control-allow-headers': '*',
};

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The guide with statements of the repository, and ids of this graph where there is one to ask, in their places. */
export async function writeGuide(ctx: Pick<Context, 'db'> | null, origin: string): Promise<string> {
  const html = readFileSync(join(packageRoot, 'web', 'browser-guide.html'), 'utf8');
  const showcase = ctx && (await findShowcase(ctx));
  const facts = new Map([
    ['origin', origin],
    ['artifactId', showcase?.artifactId ?? ''],
    ['storyId', showcase?.storyId ?? ''],
  ]);
  return html.replaceAll(/\{\{([\w./-]+)\}\}/g, (_, name: string) =>
    escaped(facts.get(name) ?? readCypher(join(packageRoot, 'cypher', name))),
  );
}

/**
 * The pages that Neo4j Browser opens with, and its colours (it plays a guide from another origin only when that answers
 * CORS).
 * @param ctx null where tokens are needed: the pages are public, and then name nothing of the graph
 */
export function registerBrowserGuide(app: FastifyInstance, ctx: Pick<Context, 'db'> | null): void {
  const open = { config: { role: 'public' as const } };
  const style = readFileSync(join(packageRoot, 'web', 'browser-style.grass'), 'utf8');
  app.get(browserGuidePath, open, async (request, reply) =>
    reply
      .headers(crossOrigin)
      .type('text/html; charset=utf-8')
      .send(await writeGuide(ctx, `${request.protocol}://${request.host}`)),
  );
  app.get('/guide.grass', open, (_request, reply) =>
    reply.headers(crossOrigin).type('text/plain; charset=utf-8').send(style),
  );
  for (const path of [browserGuidePath, '/guide.grass'])
    app.options(path, open, (_request, reply) => reply.headers(crossOrigin).code(204).send());
}
