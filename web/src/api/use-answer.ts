import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask } from './ask.js';
import type { Document } from './document.js';
import { fieldsOf, request } from './http.js';

/** How a GraphQL operation is asked, and under which key its answer is kept. */
export const answerOf = <Result, Variables>(document: Document<Result, Variables>, variables: Variables) => ({
  queryKey: [document, variables],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(document, variables, signal),
});

/** The answer to a GraphQL operation; the one before stays until the next is there, so that nothing jumps. */
export function useAnswer<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  { keep, ...options }: { enabled?: boolean; keep?: boolean; refetchInterval?: number | false } = {},
): UseQueryResult<Result> {
  const placeholderData = keep ? keepPreviousData : undefined;
  return useQuery({ ...answerOf(document, variables), ...options, placeholderData });
}

/** The fields of a JSON answer of REST. */
export function useRest(path: string, options: { refetchInterval?: number; retry?: boolean } = {}) {
  return useQuery({
    queryKey: [path],
    queryFn: async ({ signal }) => fieldsOf(await (await request(path, { signal })).json()),
    ...options,
  });
}
