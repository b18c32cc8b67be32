import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { packageRoot } from '../package-root.js';

const folder = join(packageRoot, 'dist', 'web');
const unbuilt =
  'The explorer has not been built: run `node scripts/build-web.mjs`, or start with `npm start`. The API answers at /docs.\n';

/** The addresses that the explorer's own router knows; whatever else is not there stays a problem+json. */
const pages = [
  '/',
  '/stories/:id',
  '/artifacts/:id',
  '/artifacts/:id/lineage',
  '/lineage',
  '/runs',
  '/runs/:id',
  '/compare',
  '/audit',
  '/import',
  '/search',
];

/** Nothing but this service's own files runs, is shown or is asked. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': policy,
  'referrer-policy': 'same-origin',
};
const aYear = 365 * 24 * 3600 * 1000;

/**
 * The explorer's pages, as built into dist/web. They are public: what they show they ask the API for, with the reader's
 * token. The names of assets carry their hash, so a browser keeps them; the page itself is asked for each time.
 */
export async function registerExplorer(app: FastifyInstance): Promise<void> {
  const open = { config: { role: 'public' as const } };
  if (!existsSync(join(folder, 'index.html'))) {
    for (const page of pages)
      app.get(page, open, (_request, reply) => reply.type('text/plain').send(unbuilt));
    return;
  }
  await app.register(async (web) => {
    web.addHook('onRoute', (route) => {
      route.config = { ...route.config, ...open.config };
    });
    await web.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      maxAge: aYear,
      immutable: true,
      setHeaders: (reply) => {
        for (const [name, value] of Object.entries(headers)) reply.setHeader(name, value);
      },
    });
    const index = { maxAge: 0, immutable: false };
    for (const page of pages) web.get(page, (_request, reply) => reply.sendFile('index.html', folder, index));
  });
}
