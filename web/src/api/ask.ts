import type { Document } from './document.js';
import { fieldsOf, Refused, request, textOf } from './http.js';

const status: Record<string, number> = { unauthorized: 401, forbidden: 403, not_found: 404 };

/**
 * Runs a GraphQL operation.
 * @throws Refused with the service's first error
 */
export async function ask<Result, Variables>(
  query: Document<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const response = await request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  const { data, errors } = fieldsOf(await response.json());
  if (Array.isArray(errors) && errors.length > 0) throw refusalOf(errors[0]);
  // The service validated the operation against the schema that Result was generated from.
  return data as Result;
}

function refusalOf(error: unknown): Refused {
  const { message, extensions } = fieldsOf(error);
  const code = textOf(fieldsOf(extensions).code, 'internal');
  return new Refused(textOf(message, 'the service refused'), code, status[code] ?? 400);
}
