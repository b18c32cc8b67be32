import { z } from 'zod';

/** How many wrong fields are told of. Nobody reads more, and the answer to a large wrong input stays small. */
export const maxIssues = 100;

interface BoundedArray extends z.ZodArray {
  _zod: z.ZodArray['_zod'] & { def: z.core.$ZodArrayDef & { most: number } };
}

/** An array that looks at no item when there are too many, and stops once enough of them are wrong. */
const BoundedArray = z.core.$constructor<BoundedArray, BoundedArray['_zod']['def']>(
  'BoundedArray',
  (schema, def) => {
    z.ZodArray.init(schema, def);
    const refuse = schema._zod.parse.bind(schema._zod);
    schema._zod.parse = (payload, context) => {
      const value: unknown = payload.value;
      // No list, or one that is too long: zod says so before it looks at the items.
      if (!Array.isArray(value) || value.length > def.most) return refuse(payload, context);
      const items: unknown[] = [];
      for (const [position, item] of (value as unknown[]).entries()) {
        const result = def.element._zod.run({ value: item, issues: [] }, context);
        if (result instanceof Promise) throw new z.core.$ZodAsyncError();
        payload.issues.push(...z.core.util.prefixIssues(position, result.issues));
        if (payload.issues.length >= maxIssues) break;
        items.push(result.value);
      }
      payload.value = items;
      return payload;
    };
  },
);

/**
 * A list of up to `most` items, for everything that comes from outside: the work that a wrong one makes is bounded by
 * `most` and `maxIssues`, however long it is.
 */
export function listOf<S extends z.ZodType>(element: S, most: number): z.ZodArray<S> {
  const list = new BoundedArray({ type: 'array', element, most });
  return list.max(most) as z.ZodType as z.ZodArray<S>;
}
