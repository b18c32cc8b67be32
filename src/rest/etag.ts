import type { FastifyReply } from 'fastify';
import type { Artifact } from '../model/artifact.js';

/** Everything of an artifact that can change, besides its birth: equal tags at one address mean equal answers. */
export function artifactTag({ lifecycleState, generation, createdAt, storedAt }: Artifact): string {
  return `"${lifecycleState}-${generation}-${createdAt.toString(36)}-${storedAt.toString(36)}"`;
}

/** RFC 9110, 13.1.2: compares weakly. */
export function matchesTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => {
    const given = one.trim();
    return given === '*' || given === tag || given === `W/${tag}`;
  });
}

/** 304: the validators, and no body. */
export function notModified(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}
