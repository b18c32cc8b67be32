import canonicalize from 'canonicalize';
import { z } from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const maxDepth = 100;

/** Why a value cannot be kept exactly as it was sent, or undefined when it can. */
function whyNotKept(value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : 'a number is not finite';
    case 'string':
      return value.isWellFormed() ? undefined : 'a string has a lone surrogate';
    case 'object':
      if (value === null) return undefined;
      if (depth >= maxDepth) return `it is nested deeper than ${maxDepth} levels`;
      return whyNoneKept(value, depth + 1);
    default:
      return `it has a value of type ${typeof value}`;
  }
}

function whyNoneKept(value: object, depth: number): string | undefined {
  if (!Array.isArray(value)) {
    for (const key of Object.keys(value)) {
      if (key === '__proto__') return 'it has a key named __proto__';
      if (!key.isWellFormed()) return 'a key has a lone surrogate';
    }
  }
  for (const part of Object.values(value)) {
    const reason = whyNotKept(part, depth);
    if (reason) return reason;
  }
  return undefined;
}

const keepable = (
  value: unknown,
  context: { addIssue: (issue: { code: 'custom'; message: string; continue: false }) => void },
) => {
  const reason = whyNotKept(value, 0);
  // Checks of the whole input must not meet such a value: canonical JSON cannot be made of it.
  if (reason)
    context.addIssue({ code: 'custom', message: `is not JSON that can be kept: ${reason}`, continue: false });
};

/** Any JSON value that can be given back as it came. */
export const json = z
  .custom<Json>((value) => value !== undefined, 'is required')
  .superRefine(keepable)
  .meta({ description: 'A string or any other JSON value, given back as it came' });

/** A JSON object with free keys. */
export const jsonObject = z
  .custom<Record<string, Json>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a JSON object',
  )
  .superRefine(keepable)
  .meta({ type: 'object', additionalProperties: true });

/** What is read with every node and relationship that has it stays so small; in bytes of UTF-8. */
export const maxJsonBytes = 64 * 1024;

/** The bytes that a value takes: of a string its own, of any other those of its JSON text. */
const sizeOf = (value: Json): number =>
  Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));

/**
 * `shape` with a limit that every surface shows and keeps.
 * @param wayOut what to do with more
 */
export function upTo<S extends z.ZodType<Json, Json>>(most: number, shape: S, wayOut: string): S {
  return shape
    .superRefine((value, context) => {
      const size = sizeOf(value);
      if (size <= most) return;
      context.addIssue({
        code: 'custom',
        message: `is ${size} bytes; up to ${most} are kept: ${wayOut}`,
      });
    })
    .meta({ ...shape.meta(), 'x-max-bytes': most });
}

export const metadata = upTo(
  maxJsonBytes,
  jsonObject,
  'put more into an artifact of type json, as its payload or its bytes',
);

/** Text that can be given back byte for byte (no lone surrogate). */
export const wellFormed = z.string().refine((value) => value.isWellFormed(), 'has a lone surrogate');

/** RFC 8785: sorted keys, so that equal facts have equal text. */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** Reads what `canonicalJson` wrote. */
export function parseStoredJson(text: string): Json {
  return json.parse(JSON.parse(text));
}
