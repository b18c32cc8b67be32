import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { InvalidInput, type InputIssue } from '../errors.js';

/** Requests are checked by the zod schemas that /openapi.json is made from. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    return { error: invalid(parsed.error, httpPart ?? 'request') };
  };
};

/** Nobody reads more; the answer to a large wrong body stays small. */
const maxIssues = 100;

/** For parts of a request that Fastify does not check. @throws InvalidInput */
export function parseRequest<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error, 'request');
}

function invalid({ issues }: z.ZodError, what: string): InvalidInput {
  return new InvalidInput(
    `the ${what} is invalid`,
    issues.slice(0, maxIssues).flatMap(issuesOf).slice(0, maxIssues),
  );
}

/** A field that is not known is named itself, not the object that it is in. */
function issuesOf(issue: z.core.$ZodIssue): InputIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      message: 'is not a known field',
    }));
  }
  return [{ path: issue.path.join('.'), message: issue.message }];
}
