import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { GraphQLScalarType, type GraphQLSchema } from 'graphql';
import { packageRoot } from '../package-root.js';
import { addAuditEvents, auditEvents } from './audit-events.js';
import { enumValues } from './enum-values.js';
import { guideGeneratedReads } from './generated-reads.js';
import { makeJsonExact } from './json-scalar.js';
import { mutations } from './mutations.js';
import { answerFields, queries } from './queries.js';
import { storedJson } from './stored-json.js';

/** The older spelling of filters (`id_EQ`), which would make the schema ten times as large. */
const withoutOldFilters = {
  mutationOperations: true,
  aggregationFilters: true,
  aggregationFiltersOutsideConnection: true,
  relationshipFilters: true,
  attributeFilters: true,
};

/** Comparisons of texts and ids, by which pages begin behind a place (places.ts). */
const compared = { LT: true, LTE: true, GT: true, GTE: true, MATCHES: false };

let schema: Promise<GraphQLSchema> | undefined;

/** The executable schema: generated reads and hand-written fields. It is made once; that takes a second or two. */
export function graphSchema(): Promise<GraphQLSchema> {
  schema ??= makeSchema();
  return schema;
}

async function makeSchema(): Promise<GraphQLSchema> {
  const handMade = { ...storedJson, ...answerFields, Query: queries, Mutation: mutations };
  const generated = await new Neo4jGraphQL({
    typeDefs: readFileSync(join(packageRoot, 'src', 'graphql', 'schema.graphql'), 'utf8'),
    resolvers: { ...enumValues, ...handMade },
    features: {
      excludeDeprecatedFields: withoutOldFilters,
      filters: { ID: compared, String: compared },
    },
  }).getSchema();
  const made = addAuditEvents(generated);
  const json = made.getType('JSON');
  if (json instanceof GraphQLScalarType) makeJsonExact(json);
  guideGeneratedReads(made, { ...handMade, Query: { ...queries, auditEvents } });
  return made;
}
