import type { FastifyInstance } from 'fastify';
export function contentRoutes(app: FastifyInstance, _options: object, done: () => void): void {
  void app;
  done();
}
