import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extendSchema, parse, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { listEvents } from '../audit/list-events.js';
import { packageRoot } from '../package-root.js';
import { isoTime } from '../model/iso-time.js';
import type { GraphqlRequest } from './request.js';
import { withoutNulls } from './without-nulls.js';

/** The scalar gives the driver's own time, whose text is ISO 8601. */
const time = z.custom<{ toString(): string }>().transform((value) => value.toString());
const args = z.looseObject({ after: z.string().optional(), since: time.optional(), until: time.optional() });

export async function auditEvents(_: unknown, given: unknown, { ctx }: GraphqlRequest) {
  const input = args.parse(withoutNulls(given));
  const { events, hasMore } = await listEvents(ctx, input);
  const nodes = events.map((event) => ({ ...event, at: isoTime(event.at) }));
  return {
    nodes,
    edges: nodes.map((node) => ({ cursor: node.cursor, node })),
    pageInfo: { hasNextPage: hasMore, endCursor: events.at(-1)?.cursor ?? input.after ?? null },
  };
}

/** Adds the feed, whose type has a name that @neo4j/graphql keeps for its own. */
export function addAuditEvents(schema: GraphQLSchema): GraphQLSchema {
  const file = join(packageRoot, 'src', 'graphql', 'audit-events.graphql');
  const extended = extendSchema(schema, parse(readFileSync(file, 'utf8')));
  const field = extended.getQueryType()?.getFields().auditEvents;
  if (!field) throw new Error(`${file} has no query auditEvents`);
  field.resolve = auditEvents;
  return extended;
}
