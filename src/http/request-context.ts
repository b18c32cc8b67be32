import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.js';
import type { Principal, Role } from './access.js';
import type { Deadline, Deadlines } from './deadlines.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; known to every handler. */
    principal: Principal;
    /** What the features work with, with the caller as actor and the request's id in the log. */
    ctx: Context;
    deadline: Deadline;
    /** Of the trace that it belongs to, where there are traces. */
    traceId?: string;
    /** Done when the answer is sent, or its connection closed. */
    atEnd: (() => void)[];
  }
  interface FastifyContextConfig {
    /** The least role that may use the route; `public` asks for no token. A reader's by default. */
    role?: Role | 'public';
    /** Names of the model's fields that mean something else at this address than elsewhere. */
    fieldNames?: Record<string, string>;
    /** `bytes` for a route that streams bodies of any size, in or out; small ones by default. */
    moves?: 'bytes';
    /** True for a route that also answers with server-sent events, to those who accept them. */
    follows?: true;
    /** True for what people watch the service by: it is never refused for load. */
    vital?: true;
  }
}

export const anonymous: Principal = { name: 'anonymous', role: 'reader' };

/** What each line of the log says of its request. */
export function logLabels({ id: requestId, traceId }: FastifyRequest): Record<string, string> {
  return traceId === undefined ? { requestId } : { requestId, traceId };
}

/** One request's view of the service: its actor, its deadline, and a log that says the request's id. */
export function requestContext(
  base: Omit<Context, 'actor'>,
  deadlines: Deadlines,
  request: FastifyRequest,
): Context {
  const db = base.db.within({ ...deadlines, signal: request.deadline.signal });
  // No getter that makes the log when it is needed: an object literal with one is slower than the log is.
  return { ...base, db, log: base.log.child(logLabels(request)), actor: request.principal.name };
}
