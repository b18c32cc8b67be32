import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import { addSecurityHeaders, securityHeaders } from './security-headers.js';
import { requireRole, type Access } from './access.js';
import { MethodNotAllowed, watchMethods } from './allowed-methods.js';
import { acceptJsonOnly } from './json-body.js';
import { limitRequests, usualCapacity, type Capacity } from './admission.js';
import { guardConnections } from './connections.js';
import { watchEnds } from './request-end.js';
import { answerExpectations } from './expect-continue.js';
import { keepDeadlines, usualDeadlines, type Deadlines } from './deadlines.js';
import { addMetrics } from './metrics.js';
import { TooCostly } from '../errors.js';
import { checkOrigin } from './origin.js';
import { nothingAt, problem, problemOf, sendProblem } from './problem.js';
import { anonymous, logLabels, requestContext } from './request-context.js';
import { validatorCompiler } from './validate.js';

export interface AppOptions {
  /** What the features work with; each request adds its actor. */
  context: Omit<Context, 'actor'>;
  access: Access;
  /** 10 s for reads and 30 s for writes by default. */
  deadlines?: Deadlines;
  /** How much may be under way at the same time. */
  capacity?: Capacity;
  /** Adds hooks that put each request into a span; no traces by default. */
  trace?: ((app: FastifyInstance) => void) | undefined;
  /** The greatest JSON body in bytes; 2 MiB by default. The batch route takes 32 MiB. */
  bodyLimit?: number;
}

const mebibyte = 1024 * 1024;
/** Metadata of 64 KiB travel with bytes as a header (`x-artifact`), letters of many languages spelled `\u00e4`. */
const maxHeaderSize = 128 * 1024;

/**
 * The HTTP application without any route. The surfaces (REST, GraphQL, pages) register theirs on it before it listens:
 * every route asks for a reader's token unless its config says another `role`, and finds `request.principal` and
 * `request.ctx`.
 *
 * `close()` stops listening, answers the requests that are under way, and then resolves.
 */
export function createApp(options: AppOptions): FastifyInstance {
  const { context, access, deadlines = usualDeadlines, bodyLimit = 2 * mebibyte } = options;
  const app = Fastify({
    logger: false,
    http: { maxHeaderSize },
    bodyLimit,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    // A connection that stays open while the server closes gets its answer, and is then closed.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 8192 },
    frameworkErrors: (error, request, reply) => {
      void answerError(error, request, reply, context);
    },
    clientErrorHandler: refuseMalformed,
  });
  app.setValidatorCompiler(validatorCompiler);
  // Bodies are built by functions that the compiler checks against the response schemas, and tests hold every answer
  // against /openapi.json; checking each again in production costs more than answering it.
  app.setSerializerCompiler(() => JSON.stringify);
  acceptJsonOnly(app);
  watchEnds(app);
  options.trace?.(app);
  guardConnections(app);
  addSecurityHeaders(app);
  keepDeadlines(app, deadlines);
  addRequestHooks(app, { context, access, deadlines });
  limitRequests(app, options.capacity ?? usualCapacity);
  answerExpectations(app);
  addMetrics(app, context);
  closeAfterLastAnswer(app);
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply, context));
  app.setNotFoundHandler((request, reply) => sendProblem(reply, nothingAt(request.url)));
  return app;
}

/** Searches and names may tell of people, so logs do not have them. */
function withoutQuery(url: string): string {
  return url.replace(/\?.*$/s, '');
}

/** A caller's own request id, when it is one that is safe to log and to send back. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.:/+=@-]{1,128}$/.test(given) ? given : randomUUID();
}

function addRequestHooks(
  app: FastifyInstance,
  { context, access, deadlines }: Pick<AppOptions, 'context' | 'access'> & { deadlines: Deadlines },
): void {
  const checkMethod = watchMethods(app);
  app.decorateRequest('principal');
  app.decorateRequest('ctx', {
    getter(this: FastifyRequest): Context {
      return requestContext(context, deadlines, this);
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    request.principal = anonymous;
    reply.header('x-request-id', request.id);
    if (access.open) checkOrigin(request);
    checkMethod(request);
    const needed = request.routeOptions.config.role ?? 'reader';
    if (needed === 'public' || request.is404) return;
    request.principal = await access.authenticate(request.headers.authorization);
    requireRole(request.principal, needed);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { method, url, principal } = request;
    const level = method === 'GET' || method === 'HEAD' ? 'debug' : 'info';
    context.log[level](
      {
        ...logLabels(request),
        method,
        url: withoutQuery(url),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        actor: principal.name,
      },
      'answered',
    );
    done();
  });
}

function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { log }: Pick<Context, 'log'>,
): FastifyReply {
  const body = problemOf(error, request.routeOptions?.config?.fieldNames);
  if (body.status >= 500)
    log.error(
      { err: error, ...logLabels(request), method: request.method, url: withoutQuery(request.url) },
      body.detail,
    );
  if (error instanceof TooCostly)
    log.warn(
      { err: error.cause ?? error, ...logLabels(request), url: withoutQuery(request.url) },
      body.detail,
    );
  if (error instanceof MethodNotAllowed) reply.header('allow', error.allow);
  return sendProblem(reply.header('x-request-id', request.id), body);
}

/** What is no HTTP never becomes a request; it is answered on the socket. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [
          '431 Request Header Fields Too Large',
          'the headers, or the address, are too large: send bytes by POST /api/v1/artifacts/uploads, and their facts as the body of its complete',
        ]
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'the headers did not arrive in time']
        : ['400 Bad Request', 'this is not HTTP'];
  const body = JSON.stringify({
    ...problem('invalid_input', detail),
    status: Number(status.slice(0, 3)),
    title: status.slice(4),
  });
  const always = [...securityHeaders].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\n${always}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** A connection whose request was under way when the server began to close is idle only now; it is not waited for. */
function closeAfterLastAnswer(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onResponse', (_request, _reply, done) => {
    if (closing) setImmediate(() => app.server.closeIdleConnections());
    done();
  });
}
