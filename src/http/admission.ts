import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';

/** 503: more is under way than can be answered in time. Nothing was done. */
class Overloaded extends AppError {
  override readonly name = 'Overloaded';
  readonly code = 'unavailable';
}

/** How many may be under way at the same time: small requests, bodies of any size, event streams without an end. */
export interface Capacity {
  requests: number;
  transfers: number;
  streams: number;
}

export const usualCapacity: Capacity = { requests: 512, transfers: 128, streams: 128 };

function kindOf({ routeOptions: { config }, headers }: FastifyRequest): keyof Capacity {
  if (config.moves === 'bytes') return 'transfers';
  return config.follows && headers.accept?.includes('text/event-stream') ? 'streams' : 'requests';
}

/**
 * Admits so many requests and refuses the others at once. A small request counts from when it has arrived whole, so
 * that slow senders take nobody's place; a transfer counts from its beginning. Each kind has places of its own.
 */
export function limitRequests(app: FastifyInstance, capacity: Capacity): void {
  const underWay: Capacity = { requests: 0, transfers: 0, streams: 0 };
  const admit = (request: FastifyRequest, kind: keyof Capacity) => {
    if (underWay[kind] >= capacity[kind]) throw new Overloaded('too many requests are under way');
    underWay[kind] += 1;
    request.atEnd.push(() => {
      underWay[kind] -= 1;
    });
  };
  app.addHook('onRequest', (request, _reply, done) => {
    if (kindOf(request) === 'transfers') admit(request, 'transfers');
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    const kind = kindOf(request);
    if (kind !== 'transfers' && !request.routeOptions.config.vital) admit(request, kind);
    done();
  });
}
