import type { Driver } from 'neo4j-driver';
import type { Context } from '../context.js';
import type { Principal } from '../http/access.js';

/** Longest time in milliseconds that a generated read may take. */
const readTimeoutMs = 30_000;

/** What every resolver gets; the members after `principal` are those that @neo4j/graphql looks for. */
export interface GraphqlRequest {
  ctx: Context;
  /** Who asks, and what they may do. */
  principal: Principal;
  executionContext: Driver;
  sessionConfig: { database: string };
  transaction: { timeout: number };
}

/** Generated reads are routed to readers and share the database's bookmarks, so they see every acknowledged write. */
export function graphqlRequest(ctx: Context, principal: Principal): GraphqlRequest {
  return {
    ctx,
    principal,
    executionContext: ctx.db.driver,
    sessionConfig: { database: ctx.db.name },
    transaction: { timeout: readTimeoutMs },
  };
}
