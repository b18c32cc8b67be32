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
import { Turns } from './turns.js';

const isFragment = (definition: DefinitionNode): definition is FragmentDefinitionNode =>
  definition.kind === Kind.FRAGMENT_DEFINITION;

/** Heavy operations that one caller may have under way at once. */
const heavyAtOnce = 4;

/**
 * Refuses operations that would be too much work before anything of them runs; heavy ones wait while their caller has
 * several of them under way.
 */
function limits(): ApolloServerPlugin<GraphqlRequest> {
  const turns = new Turns(heavyAtOnce);
  return {
    requestDidStart() {
      let end: (() => void) | undefined;
      return Promise.resolve({
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!operation) return;
          const { deadline, ctx, principal } = contextValue;
          const fragments = document.definitions.filter(isFragment);
          const heavy = refuseWith400(() =>
            checkLimits(schema, operation, fragments, request.variables ?? {}),
          );
          if (operation.operation === OperationTypeNode.QUERY) deadline.set(ctx.db.terms.readMs);
          if (heavy) end = await turns.take(principal.name, deadline.signal);
        },
        willSendResponse() {
          end?.();
          return Promise.resolve();
        },
      });
    },
  };
}

/** Apollo answers what a plugin throws with 500 unless the error says otherwise. */
function refuseWith400<T>(check: () => T): T {
  try {
    return check();
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
      limits(),
      ApolloServerPluginLandingPageDisabled(),
      // It would call back for every field of every node.
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await server.start();
  return server;
}
