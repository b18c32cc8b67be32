import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../errors.js';

/** 405, with the methods that the address has. */
export class MethodNotAllowed extends AppError {
  override readonly name = 'MethodNotAllowed';
  readonly code = 'method_not_allowed';

  constructor(
    method: string,
    readonly allow: string,
  ) {
    super(`this address does not take ${method}, only ${allow}`);
  }
}

interface Address {
  pattern: RegExp;
  methods: Set<string>;
}

/**
 * Tells an address that does not exist from one that exists with other methods, for every route added later. An exact
 * address comes before one with parameters: GET /artifacts/batch is no artifact named batch.
 */
export function watchMethods(app: FastifyInstance): (request: FastifyRequest) => void {
  const exact = new Map<string, Set<string>>();
  const patterns = new Map<string, Address>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = Array.isArray(method) ? method : [method];
    if (!/[:*]/.test(url)) exact.set(url, new Set([...(exact.get(url) ?? []), ...methods]));
    const known = patterns.get(url)?.methods ?? [];
    patterns.set(url, { pattern: addressPattern(url), methods: new Set([...known, ...methods]) });
  });
  return (request) => {
    const path = request.url.replace(/[?#].*$/s, '').replace(/(.)\/$/, '$1');
    const methods = exact.get(path) ?? (request.is404 ? matching(path, patterns) : undefined);
    if (methods && !methods.has(request.method)) {
      throw new MethodNotAllowed(request.method, [...methods].sort().join(', '));
    }
  };
}

function addressPattern(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) =>
      part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${source.join('/')}$`);
}

function matching(path: string, patterns: ReadonlyMap<string, Address>): Set<string> | undefined {
  const found = [...patterns.values()].filter(({ pattern }) => pattern.test(path));
  return found.length > 0 ? new Set(found.flatMap(({ methods }) => [...methods])) : undefined;
}
