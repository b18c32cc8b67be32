import { cutText } from '../model/text.js';
import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { restIssues, snakeCase } from './field-names.js';
import { AppError, Conflict, InvalidInput, type ErrorCode, type InputIssue } from '../errors.js';
import { summaryOf } from '../model/parse-input.js';

export const statusOf: Record<ErrorCode, number> = {
  invalid_input: 400,
  illegal_transition: 400,
  too_costly: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  duplicate: 409,
  cycle: 409,
  request_timeout: 408,
  conflict: 409,
  in_progress: 409,
  too_large: 413,
  unsupported_media_type: 415,
  hash_mismatch: 422,
  internal: 500,
  unavailable: 503,
};

/** RFC 9457, with the stable `code`, the fields that are wrong, and facts such as a cycle's `path`. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  errors?: InputIssue[];
  [fact: string]: unknown;
}

/** Seconds after which a client may try again while a part of the service is away, or its first request under way. */
export const retryAfter = 2;

export function problem(code: ErrorCode, detail: string, facts: Record<string, unknown> = {}): Problem {
  const status = statusOf[code];
  return { title: STATUS_CODES[status] ?? 'Error', ...facts, status, detail, code };
}

/**
 * An error as the client may see it: the service's own refusals in full, anything else as `internal` without a word.
 * @param fieldNames names of the model's fields that mean something else at this address
 */
export function problemOf(error: unknown, fieldNames?: Record<string, string>): Problem {
  if (error instanceof InvalidInput) return invalidInput(error, fieldNames);
  if (error instanceof Conflict) return problem(error.code, error.message, snakeCaseKeys(error.facts));
  if (error instanceof AppError) return problem(error.code, error.message);
  return frameworkProblem(error) ?? problem('internal', 'the request could not be answered');
}

function invalidInput({ code, message, issues }: InvalidInput, fieldNames?: Record<string, string>): Problem {
  const errors = restIssues(issues, fieldNames);
  const detail = (code === 'invalid_input' && summaryOf(errors)) || message;
  return problem(code, detail, { errors });
}

/** What Fastify itself refuses, by its code. */
function frameworkProblem(error: unknown): Problem | null {
  const { code, statusCode } = { code: '', statusCode: 500, ...(error instanceof Error ? error : {}) };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(
        'too_large',
        'the body is larger than this address takes: send less at once, or large things as the bytes of an artifact',
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return problem('unsupported_media_type', 'this address takes application/json');
    case 'FST_ERR_BAD_URL':
      return invalid('the address has a wrong escape sequence');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return invalid('the body is not as long as Content-Length says');
    default:
      return Number(statusCode) >= 400 && Number(statusCode) < 500
        ? invalid('the request is malformed')
        : null;
  }
}

function invalid(message: string): Problem {
  return problem('invalid_input', message, { errors: [{ path: '', message }] });
}

function snakeCaseKeys(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [snakeCase(key), value]));
}

export const nothingAt = (url: string) =>
  problem('not_found', `there is nothing at ${cutText(url, 200, '…')}`);

export function sendProblem(reply: FastifyReply, body: Problem): FastifyReply {
  if (body.status === 503 || body.code === 'in_progress') reply.header('retry-after', String(retryAfter));
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  // An error answer carries no validator of the thing that was asked for.
  reply.removeHeader('etag');
  return reply.code(body.status).type('application/problem+json').serializer(JSON.stringify).send(body);
}
