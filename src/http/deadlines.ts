import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';

/** Milliseconds until a request is answered, whatever hangs. */
export interface Deadlines {
  readMs: number;
  writeMs: number;
}

export const usualDeadlines: Deadlines = { readMs: 10_000, writeMs: 30_000 };

/** 503: the deadline passed. Of a change nobody knows yet whether it will be recorded. */
class DeadlinePassed extends AppError {
  override readonly name = 'DeadlinePassed';
  readonly code = 'unavailable';
}

/** Nobody waits for the answer any more, so nobody hears of this. */
class CallerGone extends AppError {
  override readonly name = 'CallerGone';
  readonly code = 'unavailable';
}

/** 408: the caller took so long to send the request that nothing came of it. */
class RequestTooSlow extends AppError {
  override readonly name = 'RequestTooSlow';
  readonly code = 'request_timeout';
}

/** The time in which a request has to be answered. Its signal is aborted when that is over, or when the caller hangs up. */
export class Deadline {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    // One request may wait for any number of things at once.
    setMaxListeners(0, this.controller.signal);
    request.atEnd.push(() => {
      this.met();
      if (!reply.raw.writableFinished) this.controller.abort(new CallerGone('the caller has gone'));
    });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Counted from now, in place of what was set before. */
  set(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pass(ms), ms);
  }

  /** The answer has begun. */
  met(): void {
    clearTimeout(this.timer);
  }

  private pass(ms: number): void {
    const { request, reply } = this;
    const error = request.raw.complete
      ? new DeadlinePassed(`no answer within ${ms / 1000} s; a change may or may not have been recorded`)
      : new RequestTooSlow(`the request did not arrive within ${ms / 1000} s`);
    this.controller.abort(error);
    if (reply.sent || reply.raw.headersSent) return;
    if (!request.raw.complete) reply.header('connection', 'close');
    reply.send(error);
  }
}

/** What has arrived whole is stored at this speed or faster. */
const leastBytesPerMs = 10_000;
const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Gives each request its deadline, by its method. On routes that say `moves: 'bytes'` in their config it counts from when
 * the bytes have arrived, and the more there are, the later it is.
 */
export function keepDeadlines(app: FastifyInstance, { readMs, writeMs }: Deadlines): void {
  app.decorateRequest('deadline');
  app.addHook('onRequest', (request, reply, done) => {
    request.deadline = new Deadline(request, reply);
    const { deadline, raw, socket } = request;
    if (reads.has(request.method)) deadline.set(readMs);
    else if (request.routeOptions.config.moves !== 'bytes') deadline.set(writeMs);
    else raw.once('end', () => deadline.set(writeMs + socket.bytesRead / leastBytesPerMs));
    done();
  });
  app.addHook('onSend', (request, _reply, _payload, done) => {
    request.deadline.met();
    done();
  });
}
