import type { z } from 'zod';
import { InvalidInput } from '../errors.js';

/**
 * Input from outside as the schema's output.
 * @throws InvalidInput with the dotted path of each wrong field
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  const summary = first ? `${first.path || 'input'}: ${first.message}` : 'the input is invalid';
  throw new InvalidInput(issues.length > 1 ? `${summary} (and ${issues.length - 1} more)` : summary, issues);
}
