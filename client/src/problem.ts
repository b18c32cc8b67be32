/** An answer other than the one asked for: RFC 9457, with the service's stable `code`. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    /** Null for an answer that is not the service's own. */
    readonly code: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** @param body of the answer, parsed where it was JSON */
export function problemOf({ status }: Response, body: unknown): Problem {
  return new Problem(
    status,
    textOf(body, 'code'),
    textOf(body, 'detail') ?? `the service answered ${status}`,
  );
}

function textOf(body: unknown, field: string): string | null {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : null;
  return typeof value === 'string' ? value : null;
}

/** Whether the service refused what may have been done meanwhile, by an attempt whose answer was lost or by somebody else. */
export function isTooLate(error: unknown): error is Problem {
  return (
    error instanceof Problem && ['conflict', 'duplicate', 'illegal_transition'].includes(error.code ?? '')
  );
}
