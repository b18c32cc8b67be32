import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { isOutOfMemory, isTimeout, translateError } from '../db/translate-error.js';
import { AppError, Conflict, InvalidInput, NotFound, TooCostly } from '../errors.js';

/** Facts of a refusal that a caller may act on; they stand beside `code` in `extensions`. */
function factsOf(error: AppError): Record<string, unknown> {
  if (error instanceof InvalidInput) return error.issues.length > 0 ? { errors: error.issues } : {};
  if (error instanceof NotFound) return { entity: error.entity, id: error.id };
  if (error instanceof Conflict) return { ...error.facts };
  return {};
}

/** Codes that GraphQL and Apollo give to requests that can never succeed as they stand. */
const requestCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * The one translation of errors into GraphQL's: `extensions.code` is the code that REST gives for the same refusal, and
 * whatever the service did not mean to say stays in the log.
 */
export function formatErrors(log: Logger) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const cause = causeOf(thrown);
    const error = tooCostly(cause) ?? translateError(cause);
    const { locations, path } = formatted;
    if (error instanceof TooCostly) log.warn({ err: error.cause, path }, error.message);
    const place = { ...(locations ? { locations } : {}), ...(path ? { path } : {}) };
    if (error instanceof AppError) {
      return { message: error.message, ...place, extensions: { ...factsOf(error), code: error.code } };
    }
    if (isRequestError(error, formatted)) {
      return { message: formatted.message, ...place, extensions: { code: 'invalid_input' } };
    }
    log.error({ err: error, path }, 'a GraphQL field failed');
    return {
      message: 'something went wrong here; the log says what',
      ...place,
      extensions: { code: 'internal' },
    };
  };
}

/** A generated read that ran out of time or memory: the database is there, and asking again would end alike. */
function tooCostly(error: unknown): TooCostly | null {
  const spent = isTimeout(error) ? 'time' : isOutOfMemory(error) ? 'memory' : null;
  if (spent === null) return null;
  const message = `answering takes more ${spent} than one query may have; narrow the filter, or ask for smaller pages`;
  return new TooCostly(message, { cause: error });
}

/** What was thrown, beneath the wrapping that tells where. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

/** Parsing, validation and the values of arguments and variables: the client's to put right. */
function isRequestError(error: unknown, { extensions }: GraphQLFormattedError): boolean {
  if (requestCodes.has(String(extensions?.code))) return true;
  return error instanceof GraphQLError && !error.originalError && error.path === undefined;
}
