import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { InvalidInput } from '../errors.js';
import { inputIssues } from '../model/parse-input.js';

/** Requests are checked by the zod schemas that /openapi.json is made from. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    return { error: invalid(parsed.error, httpPart ?? 'request') };
  };
};

/** For parts of a request that Fastify does not check. @throws InvalidInput */
export function parseRequest<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error, 'request');
}

function invalid(error: z.ZodError, what: string): InvalidInput {
  return new InvalidInput(`the ${what} is invalid`, inputIssues(error));
}
