import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { InvalidInput, type InputIssue } from '../errors.js';

/** Requests are checked by the zod schemas that /openapi.json is made from. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    const issues = parsed.error.issues.flatMap((issue) => issuesOf(issue));
    return { error: new InvalidInput(`the ${httpPart ?? 'request'} is invalid`, issues) };
  };
};

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
