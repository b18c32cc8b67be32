import type { z } from 'zod';
import { InvalidInput, type InputIssue } from '../errors.js';
import { maxIssues } from './list.js';

/**
 * Input from outside as the schema's output.
 * @throws InvalidInput with the dotted path of each wrong field, of the first hundred
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = inputIssues(parsed.error);
  throw new InvalidInput(summaryOf(issues) ?? 'the input is invalid', issues);
}

/** What is wrong, the first hundred. A field that is not known is named itself, not the object that it is in. */
export function inputIssues({ issues }: z.ZodError): InputIssue[] {
  return issues.slice(0, maxIssues).flatMap(issuesOf).slice(0, maxIssues);
}

function issuesOf(issue: z.core.$ZodIssue): InputIssue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      message: 'is not a known field',
    }));
  }
  return [{ path: issue.path.join('.'), message: issue.message }];
}

/** The first issue, and how many there are besides; "and more" where nobody counted them. */
export function summaryOf(issues: readonly InputIssue[]): string | undefined {
  const [first, ...others] = issues;
  if (!first) return undefined;
  const text = first.path === '' ? first.message : `${first.path}: ${first.message}`;
  if (others.length === 0) return text;
  return issues.length < maxIssues ? `${text} (and ${others.length} more)` : `${text} (and more)`;
}
