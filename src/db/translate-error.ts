import neo4j, { type Neo4jError } from 'neo4j-driver';
import { AppError, Conflict, TooCostly, Unavailable } from '../errors.js';

/** Guards end their sentence with the rule's code in brackets; the code is the contract, the sentence is for people. */
const guardCode = /\[(guard\.[a-z-]+)\]/;

export const codes = {
  constraint: 'Neo.ClientError.Schema.ConstraintValidationFailed',
  guard: 'Neo.ClientError.Transaction.TransactionHookFailed',
  existingSchema: [
    'Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists',
    'Neo.ClientError.Schema.ConstraintAlreadyExists',
    'Neo.ClientError.Schema.ConstraintWithNameAlreadyExists',
    'Neo.ClientError.Schema.IndexAlreadyExists',
    'Neo.ClientError.Schema.IndexWithNameAlreadyExists',
  ],
  unfitData: 'Neo.DatabaseError.Schema.ConstraintCreationFailed',
  timedOut: [
    'Neo.ClientError.Transaction.TransactionTimedOut',
    'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration',
  ],
  outOfMemory: [
    'Neo.TransientError.General.MemoryPoolOutOfMemoryError',
    'Neo.TransientError.General.TransactionOutOfMemoryError',
    'Neo.ClientError.General.TransactionOutOfMemoryError',
  ],
} as const;

export function isNeo4jError(error: unknown): error is Neo4jError {
  return error instanceof Error && error.name === 'Neo4jError';
}

/** True for an error after which the same transaction may succeed, the server having rolled it back. */
export function isTransient(error: unknown): boolean {
  return isNeo4jError(error) && error.code.startsWith('Neo.TransientError.');
}

/** True when the connection was lost or never made. */
export function isConnectionLoss(error: unknown): error is Neo4jError {
  return isNeo4jError(error) && (error.code === 'ServiceUnavailable' || error.code === 'SessionExpired');
}

/** True where no connection could be made, so that nothing was sent. Only the driver's message tells. */
export function isUnreached(error: unknown): boolean {
  return (
    isConnectionLoss(error) &&
    /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|Failed to establish connection/.test(error.message)
  );
}

/** True when every connection was in use for too long. The driver gives it no code of its own: only its message tells. */
function isPoolExhausted(error: Neo4jError): boolean {
  return error.message.startsWith('Connection acquisition timed out');
}

/** True when a transaction took longer than its limit, and was rolled back. */
export function isTimeout(error: unknown): boolean {
  return isNeo4jError(error) && codes.timedOut.some((code) => code === error.code);
}

/** True when a transaction wanted more memory than one may have, or than all may have together. */
export function isOutOfMemory(error: unknown): boolean {
  return isNeo4jError(error) && codes.outOfMemory.some((code) => code === error.code);
}

/** True for another record with the same unique key; seen at the latest when the other transaction has committed. */
export function isTakenKey(error: unknown): boolean {
  return isNeo4jError(error) && error.code === codes.constraint;
}

/** True where a constraint or index was made by somebody else since IF NOT EXISTS looked. */
export function isExistingSchema(error: unknown): boolean {
  return isNeo4jError(error) && codes.existingSchema.some((code) => code === error.code);
}

/** True for a constraint that what is recorded breaks. */
export function isUnfitData(error: unknown): boolean {
  return isNeo4jError(error) && error.code === codes.unfitData;
}

/**
 * True where what somebody typed is at fault: its syntax, its names, its values, or that it would write. A lone backslash
 * and a comment without end are unknown errors to Neo4j.
 */
export function isWrongStatement(error: unknown): error is Neo4jError {
  return isNeo4jError(error) && wrongStatement.test(error.code);
}
const wrongStatement =
  /^Neo\.(ClientError\.(Statement|Procedure|Security)\.|DatabaseError\.General\.UnknownError$)/;

/** The one translation of the database's errors into the service's. Anything unknown passes as it is (`internal`). */
export function translateError(error: unknown): unknown {
  if (error instanceof AppError || !isNeo4jError(error)) return error;
  if (isTakenKey(error)) {
    return new Conflict(
      'another record with the same unique key exists already',
      'duplicate',
      {},
      { cause: error },
    );
  }
  if (error.code === codes.guard) {
    const rule = guardCode.exec(error.message)?.[1] ?? 'guard';
    return new Conflict(`the database refused the change [${rule}]`, 'conflict', { rule }, { cause: error });
  }
  if (isTimeout(error)) {
    return new Unavailable('neo4j', 'the query took longer than its time limit', { cause: error });
  }
  if (isOutOfMemory(error)) {
    return new TooCostly('answering takes more memory than one transaction may have', { cause: error });
  }
  if (isPoolExhausted(error)) {
    return new Unavailable('neo4j', 'every connection to the graph database is in use', { cause: error });
  }
  if (neo4j.isRetryableError(error) || isConnectionLoss(error)) {
    return new Unavailable('neo4j', 'the graph database does not answer', { cause: error });
  }
  return error;
}
