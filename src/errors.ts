/**
 * Every refusal the service gives on purpose is one of four classes. `code` is the stable, public name of the
 * refusal (REST `code`, GraphQL `extensions.code`); the facts are fields, so that nobody parses a message.
 */
export type ErrorCode =
  | 'invalid_input'
  | 'illegal_transition'
  | 'not_found'
  | 'duplicate'
  | 'cycle'
  | 'conflict'
  | 'in_progress'
  | 'hash_mismatch'
  | 'too_large'
  | 'too_costly'
  | 'unsupported_media_type'
  | 'method_not_allowed'
  | 'request_timeout'
  | 'unavailable'
  | 'unauthorized'
  | 'forbidden'
  | 'internal';

/** One field of the input that is wrong; `path` is dotted (`sources.0.artifact_id`), '' for the whole input. */
export interface InputIssue {
  path: string;
  message: string;
}

export abstract class AppError extends Error {
  abstract readonly code: ErrorCode;
}

/** The caller's input can never succeed as it stands: 400, or 413 / 415 by code. */
export class InvalidInput extends AppError {
  override readonly name = 'InvalidInput';

  constructor(
    message: string,
    readonly issues: InputIssue[] = [],
    readonly code:
      'invalid_input' | 'illegal_transition' | 'too_large' | 'unsupported_media_type' = 'invalid_input',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The question is a fair one, and answering it takes more time or memory than one caller may have: 400. */
export class TooCostly extends AppError {
  override readonly name = 'TooCostly';
  readonly code = 'too_costly';
}

/** The thing named by the caller does not exist: 404. */
export class NotFound extends AppError {
  override readonly name = 'NotFound';
  readonly code = 'not_found';

  constructor(
    readonly entity: string,
    readonly id: string,
    options?: ErrorOptions,
  ) {
    super(`${entity} ${id} does not exist`, options);
  }
}

/** The input is fine, the state of the graph is against it: 409 (422 for a hash mismatch). */
export class Conflict extends AppError {
  override readonly name: string = 'Conflict';

  constructor(
    message: string,
    readonly code: 'duplicate' | 'cycle' | 'conflict' | 'in_progress' | 'hash_mismatch' = 'conflict',
    /** Facts for the caller; a cycle carries `path`, the artifact ids that would close it. */
    readonly facts: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Bytes are not what they were said to be. */
export class IntegrityError extends Conflict {
  override readonly name = 'IntegrityError';

  constructor(
    message: string,
    readonly expected: string,
    readonly found: string,
    options?: ErrorOptions,
  ) {
    super(message, 'hash_mismatch', { expected, found }, options);
  }
}

/** A backing store does not answer, or has no room: 503, try again later. */
export class Unavailable extends AppError {
  override readonly name = 'Unavailable';
  readonly code = 'unavailable';

  constructor(
    readonly part: 'neo4j' | 'content',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The `code` of an error of the system, a server or a library (`ENOENT`, `SQLITE_BUSY`, `NoSuchKey`), null for anything else. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** True for an error with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}
