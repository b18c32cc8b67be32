import type * as Otel from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { waitAtMost } from '../db/in-time.js';
import { traceCallsBy, type Part } from '../db/observed.js';

/** What cannot be sent by then is lost: a collector that is away holds nobody up. */
const flushMs = 2_000;

export interface Tracing {
  /** Puts each request of the application into a span. */
  trace: (app: FastifyInstance) => void;
  /** Sends what has been gathered, and traces no more. */
  stop(): Promise<void>;
}

type Api = typeof Otel;

/**
 * Traces by OpenTelemetry, sent to a collector: a span for each request, in the caller's trace where it says one, and in
 * it one for each statement and each call to the store. Names are those of routes, files and methods; no ids, parameters
 * or texts go out. Work that several requests share belongs to the one that began it.
 *
 * The packages are loaded here and not before, so a service without traces pays nothing. They read the usual
 * variables themselves: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS.
 * @param endpoint of the collector; spans go to `v1/traces` below it
 */
export async function startTracing(endpoint: string): Promise<Tracing> {
  const [api, { NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resources
      .resourceFromAttributes({ 'service.name': 'artifact-graph' })
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  traceCallsBy((part, name, work) => inSpan(api, part, name, work));
  return {
    trace: (app) => traceRequests(app, api),
    async stop() {
      traceCallsBy(null);
      await waitAtMost(flushMs, provider.shutdown());
      api.trace.disable();
      api.context.disable();
      api.propagation.disable();
    },
  };
}

const tracerOf = ({ trace }: Api) => trace.getTracer('artifact-graph');

const callAttributes: Record<Part, Record<string, string>> = {
  neo4j: { 'db.system.name': 'neo4j' },
  content: { 'artifact_graph.part': 'content' },
  webhook: { 'artifact_graph.part': 'webhook' },
};

function inSpan<T>(api: Api, part: Part, name: string, work: () => PromiseLike<T>): Promise<T> {
  const options = { kind: api.SpanKind.CLIENT, attributes: callAttributes[part] };
  const spanName = part === 'neo4j' ? name : `${part} ${name}`;
  return tracerOf(api).startActiveSpan(spanName, options, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: api.SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function traceRequests(app: FastifyInstance, api: Api): void {
  const contexts = new WeakMap<FastifyRequest, Otel.Context>();
  app.decorateRequest('traceId');
  app.addHook('onRequest', (request, reply, done) => {
    const parent = api.propagation.extract(api.ROOT_CONTEXT, request.headers);
    const { method, routeOptions } = request;
    const route = routeOptions.url;
    const attributes = {
      'http.request.method': method,
      ...(route === undefined ? {} : { 'http.route': route }),
    };
    const options = { kind: api.SpanKind.SERVER, attributes };
    const span = tracerOf(api).startSpan(
      route === undefined ? method : `${method} ${route}`,
      options,
      parent,
    );
    request.traceId = span.spanContext().traceId;
    request.atEnd.push(() => endRequest(api, span, reply));
    const context = api.trace.setSpan(parent, span);
    contexts.set(request, context);
    api.context.with(context, done);
  });
  // A body is read in the events of its socket, which are in no request's context.
  app.addHook('preValidation', (request, _reply, done) => {
    api.context.with(contexts.get(request) ?? api.ROOT_CONTEXT, done);
  });
}

function endRequest({ SpanStatusCode }: Api, span: Otel.Span, { raw, statusCode }: FastifyReply): void {
  if (raw.writableFinished) span.setAttribute('http.response.status_code', statusCode);
  if (!raw.writableFinished || statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
