import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import fresh from 'fresh';
import type { Artifact } from '../model/artifact.js';

/** Everything of an artifact that can change, besides its birth: equal tags at one address mean equal answers. */
export function artifactTag({ lifecycleState, generation, createdAt, storedAt }: Artifact): string {
  return `"${lifecycleState}-${generation}-${createdAt.toString(36)}-${storedAt.toString(36)}"`;
}

/** Whether the caller has what is tagged already (RFC 9110, 13.1.2: compared weakly). */
export function matchesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  return fresh({ 'if-none-match': ifNoneMatch }, { etag: tag });
}

/**
 * 304: the validators, and no body. Its length may only be that of the 200 (RFC 9110, 8.6), and Fastify tells of a HEAD
 * without a body that it has none, unless it is a stream.
 */
export function notModified(reply: FastifyReply): FastifyReply {
  reply.code(304);
  return reply.request.method === 'HEAD' ? reply.send(Readable.from([])) : reply.send();
}
