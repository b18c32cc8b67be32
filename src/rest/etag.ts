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

/** 304: the validators, and no body. */
export function notModified(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}
