import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  getArgumentValues,
  getVariableValues,
  GraphQLError,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Logger } from 'pino';
import { readLineage } from '../lineage/read-trace.js';
import { formatErrors } from './format-error.js';
import { fragmentsOf } from './fragments.js';
import { columnsSelected } from './lineage-source.js';
import { compilePlainLineage, type PlainField } from './plain-lineage.js';
import type { GraphqlRequest } from './request.js';
import { withoutNulls } from './without-nulls.js';

/** The arguments of every field, or null where a value is wrong: the general executor then says so. */
function argumentsOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fields: readonly PlainField[],
  inputs: Record<string, unknown>,
): Record<string, unknown>[] | null {
  const lineage = schema.getQueryType()?.getFields().lineage;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs);
  if (!lineage || !coerced) return null;
  try {
    return fields.map(({ node }) => getArgumentValues(lineage, node, coerced));
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

async function answerField(
  { key, node, answer }: PlainField,
  args: Record<string, unknown>,
  { ctx }: GraphqlRequest,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): Promise<readonly [string, unknown]> {
  const nodes: FieldNode[] = [node];
  try {
    return [key, answer(await readLineage(ctx, withoutNulls(args), columnsSelected(nodes, fragments)))];
  } catch (error) {
    const originalError = error instanceof Error ? error : new Error(String(error));
    throw new GraphQLError(originalError.message, { nodes, path: [key], originalError });
  }
}

/** Answers operations of plain lineages without the general executor; the answers are the same. */
export function answerPlainLineage(log: Logger): ApolloServerPlugin<GraphqlRequest> {
  const format = formatErrors(log);
  return {
    requestDidStart: () =>
      Promise.resolve({
        async responseForOperation({ schema, document, operation, request, contextValue }) {
          const fragments = fragmentsOf(document);
          const fields = operation && compilePlainLineage(operation, fragments.list);
          const args = fields && argumentsOf(schema, operation, fields, request.variables ?? {});
          if (!args) return null;
          const answers = await Promise.allSettled(
            fields.map((field, n) => answerField(field, args[n] ?? {}, contextValue, fragments.byName)),
          );
          const entries = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
          const errors = answers.flatMap((answer) =>
            answer.status === 'rejected' && answer.reason instanceof GraphQLError
              ? [format(answer.reason.toJSON(), answer.reason)]
              : [],
          );
          // `lineage` is never null, so one that fails leaves no data at all.
          const singleResult =
            errors.length > 0
              ? { errors: errors.slice(0, 1), data: null }
              : { data: Object.fromEntries(entries) };
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
        },
      }),
  };
}
