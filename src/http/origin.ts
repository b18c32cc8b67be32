import type { FastifyRequest } from 'fastify';
import { Forbidden } from './access.js';

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * An open service trusts whoever reaches its loopback address, and a web page in a browser on this machine does. So a
 * request under another host name (DNS rebinding) is refused, and so is a change that a page of another origin sends.
 * @throws Forbidden
 */
export function checkOrigin({ headers, method }: FastifyRequest): void {
  const { host, origin } = headers;
  if (host !== undefined && !loopbackHost.test(host)) {
    throw new Forbidden('without access settings the service answers only to its loopback names');
  }
  const changes = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  if (changes && origin !== undefined && origin.replace(/^https?:\/\//, '') !== host) {
    throw new Forbidden('pages of other origins may not change anything here');
  }
}
