import type { Document } from './document.js';
import { fieldsOf, Refused, request } from './http.js';

const status: Record<string, number> = { unauthorized: 401, forbidden: 403, not_found: 404 };

/**
 * Runs a GraphQL operation.
 * @throws Refused with the service's first error
 */
export async function ask<Result, Variables>(
  { text }: Document<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const response = await request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text, variables }),
    ...(signal ? { signal } : {}),
  });
  const { data, errors } = fieldsOf(await response.json());
  if (Array.isArray(errors) && errors.length > 0) throw refusalOf(errors[0]);
  // The service validated the operation against the schema that Result was generated from.
  return data as Result;
}

function refusalOf(error: unknown): Refused {
  const { message, extensions } = fieldsOf(error);
  const code = fieldsOf(extensions).code;
  const known = typeof code === 'string' ? code : 'internal';
  return new Refused(
    typeof message === 'string' ? message : 'the service refused',
    known,
    status[known] ?? 400,
  );
}
