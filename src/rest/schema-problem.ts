import { z } from 'zod';
import type { ErrorCode } from '../errors.js';
import { statusOf } from '../http/problem.js';

const codes = Object.keys(statusOf);

export const problemOut = z
  .looseObject({
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(codes).meta({ description: 'Stable: programs decide by it' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Each wrong field, by its dotted path' }),
    path: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of a cycle: the artifact ids that would close it' }),
  })
  .meta({ id: 'Problem' });

const reasons: Record<number, string> = {
  400: 'The input is invalid, or the move is not allowed',
  401: 'A token is needed',
  403: 'The role is not enough',
  404: 'There is nothing with this id',
  405: 'This address does not take this method',
  408: 'The request did not arrive in time',
  409: 'The state of the graph is against it: duplicate, cycle, or a lost race',
  413: 'The body is too large',
  415: 'The media type is not one that this address takes',
  422: 'The bytes are not those of the digest',
  500: 'The service failed; the log has this request id',
  503: 'A backing store is away; try again after Retry-After',
};

/** What any request may meet, whatever it asks for. */
const always = [400, 401, 403, 405, 408, 413, 415, 500, 503];

/** The documented errors of an operation: its own besides those that every operation has. */
export function problems(...own: ErrorCode[]) {
  const statuses = [...new Set([...always, ...own.map((code) => statusOf[code])])].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: reasons[status] ?? 'Error',
        content: { 'application/problem+json': { schema: problemOut } },
      },
    ]),
  );
}
