import { z } from 'zod';

const isNumber = (value: unknown) => typeof value === 'number';
const isString = (value: unknown) => typeof value === 'string';

/** Columns hold up to hundreds of thousands of values: each is looked at once, by the cheapest test that settles it. */
export const numbers = z.custom<number[]>((value) => Array.isArray(value) && value.every(isNumber));
export const strings = z.custom<string[]>((value) => Array.isArray(value) && value.every(isString));
export const values = z.custom<unknown[]>(Array.isArray);

/** A column that the database gives as JSON text: one string is read many times faster than a list. */
export function jsonText<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}
