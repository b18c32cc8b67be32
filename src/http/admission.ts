import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';

/** 503: more is under way than can be answered in time. Nothing was done. */
class Overloaded extends AppError {
  override readonly name = 'Overloaded';
  readonly code = 'unavailable';
}

/** How many requests may be under way at the same time, and how many of them may send or fetch bytes of any size. */
export interface Capacity {
  requests: number;
  transfers: number;
}

export const usualCapacity: Capacity = { requests: 512, transfers: 128 };

/**
 * Admits so many requests and refuses the others at once. A small request counts from when it has arrived whole, so
 * that slow senders take nobody's place; a transfer counts from its beginning, among transfers only.
 */
export function limitRequests(app: FastifyInstance, capacity: Capacity): void {
  const underWay = { requests: 0, transfers: 0 };
  const admit = (request: FastifyRequest, kind: keyof Capacity) => {
    if (underWay[kind] >= capacity[kind]) throw new Overloaded('too many requests are under way');
    underWay[kind] += 1;
    request.atEnd.push(() => {
      underWay[kind] -= 1;
    });
  };
  const isTransfer = ({ routeOptions }: FastifyRequest) => routeOptions.config.moves === 'bytes';
  app.addHook('onRequest', (request, _reply, done) => {
    if (isTransfer(request)) admit(request, 'transfers');
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    if (!isTransfer(request) && !request.routeOptions.config.vital) admit(request, 'requests');
    done();
  });
}
