import type { FastifyInstance } from 'fastify';
import { addDownloads } from './download-routes.js';
import { addUploads } from './upload-routes.js';

/** Bytes in and out. A scope of its own: here a body of any type is let through unread. */
export function contentRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  addDownloads(app);
  addUploads(app);
  done();
}
