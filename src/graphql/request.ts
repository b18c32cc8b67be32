import type { FastifyRequest } from 'fastify';
import type { Driver } from 'neo4j-driver';
import type { Context } from '../context.js';
import type { Principal } from '../http/access.js';
import type { Deadline } from '../http/deadlines.js';

/** What every resolver gets; the members after `principal` are those that @neo4j/graphql looks for. */
export interface GraphqlRequest {
  ctx: Context;
  /** Who asks, and what they may do. */
  principal: Principal;
  deadline: Deadline;
  /** Nodes that one read may look at where no index serves it. */
  maxRead: number;
  executionContext: Driver;
  sessionConfig: { database: string };
  transaction: { timeout: number };
}

/** Generated reads are routed to readers and share the database's bookmarks, so they see every acknowledged write. */
export function graphqlRequest(
  { ctx, principal, deadline }: FastifyRequest,
  maxRead: number,
): GraphqlRequest {
  return {
    ctx,
    principal,
    deadline,
    maxRead,
    executionContext: ctx.db.driver,
    sessionConfig: { database: ctx.db.name },
    transaction: { timeout: ctx.db.terms.readMs },
  };
}
