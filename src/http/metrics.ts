import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Context } from '../context.js';
import { observed } from '../db/observed.js';

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 500];

const misnamed = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/** GET /metrics in Prometheus' text format: requests, calls to the parts, groups, and the process itself. */
export function addMetrics(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges that end as only counters may.
  for (const name of misnamed) registry.removeSingleMetric(name);
  measureRequests(app, registry);
  measureParts(app, registry);
  new Gauge({
    name: 'artifact_graph_neo4j_up',
    help: '1 while Neo4j answers',
    registers: [registry],
    collect() {
      this.set(db.pulse.down ? 0 : 1);
    },
  });
  app.get('/metrics', { schema: { hide: true }, config: { vital: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

function measureRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'artifact_graph_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers: [registry],
  });
  const underWay = new Gauge({
    name: 'artifact_graph_http_requests_under_way',
    help: 'Requests that have come and are not answered yet',
    registers: [registry],
  });
  app.addHook('onRequest', ({ method, routeOptions, atEnd }, reply, done) => {
    underWay.inc();
    atEnd.push(() => {
      underWay.dec();
      const status = reply.raw.writableFinished ? reply.statusCode : 499;
      durations.observe({ method, route: routeOptions.url ?? 'none', status }, reply.elapsedTime / 1000);
    });
    done();
  });
}

function measureParts(app: FastifyInstance, registry: Registry): void {
  const calls = new Histogram({
    name: 'artifact_graph_part_call_duration_seconds',
    help: 'Statements of Neo4j by their file, and calls to the media store by their method',
    labelNames: ['part', 'name'],
    buckets: seconds,
    registers: [registry],
  });
  const failures = new Counter({
    name: 'artifact_graph_part_call_failures_total',
    help: 'Calls to a part that failed or came too late',
    labelNames: ['part', 'name'],
    registers: [registry],
  });
  const groups = new Histogram({
    name: 'artifact_graph_group_size_callers',
    help: 'How many callers shared one statement or one commit',
    labelNames: ['kind'],
    buckets: sizes,
    registers: [registry],
  });
  const onCall = ({
    part,
    name,
    seconds,
    failed,
  }: {
    part: string;
    name: string;
    seconds: number;
    failed: boolean;
  }) => {
    calls.observe({ part, name }, seconds);
    if (failed) failures.inc({ part, name });
  };
  const onGroup = ({ kind, size }: { kind: string; size: number }) => groups.observe({ kind }, size);
  observed.on('call', onCall).on('group', onGroup);
  app.addHook('onClose', (_app, done) => {
    observed.off('call', onCall).off('group', onGroup);
    done();
  });
}
