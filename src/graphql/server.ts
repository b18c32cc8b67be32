import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DefinitionNode,
  type FragmentDefinitionNode,
} from 'graphql';
import type { Logger } from 'pino';
import { InvalidInput } from '../errors.js';
import { formatErrors } from './format-error.js';
import { graphSchema } from './graph-schema.js';
import { checkLimits, maxTokens } from './limits.js';
import type { GraphqlRequest } from './request.js';

const isFragment = (definition: DefinitionNode): definition is FragmentDefinitionNode =>
  definition.kind === Kind.FRAGMENT_DEFINITION;

/** Refuses operations that would be too much work before anything of them runs. */
const limits: ApolloServerPlugin<GraphqlRequest> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, document, operation, request, contextValue }) {
        const fragments = document.definitions.filter(isFragment);
        if (operation)
          refuseWith400(() => checkLimits(schema, operation, fragments, request.variables ?? {}));
        const { deadline, ctx } = contextValue;
        if (operation?.operation === OperationTypeNode.QUERY) deadline.set(ctx.db.terms.readMs);
        return Promise.resolve();
      },
    }),
};

/** Apollo answers what a plugin throws with 500 unless the error says otherwise. */
function refuseWith400(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
  }
}

/** The GraphQL server, started; it listens nowhere by itself. */
export async function createGraphqlServer({ log }: { log: Logger }): Promise<ApolloServer<GraphqlRequest>> {
  const server = new ApolloServer<GraphqlRequest>({
    schema: await graphSchema(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    formatError: formatErrors(log),
    logger: log,
    plugins: [
      limits,
      ApolloServerPluginLandingPageDisabled(),
      // It would call back for every field of every node.
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await server.start();
  return server;
}
