import { z } from 'zod';
import { id as anyId } from '../model/identifiers.js';
import { maxRelationTypes } from '../lineage/trace-request.js';
import { listOf } from '../model/list.js';
import { relationTypes, type RelationType } from '../model/vocabulary.js';

/**
 * Pieces of the REST schemas. `meta` says in JSON Schema what zod knows only as code; everything else in
 * /openapi.json is made from the schemas that check the requests.
 */
export const id = anyId.meta({
  description: 'An identifier: a UUID made by the service, or the one that an import kept',
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f|]+$',
});
/** In an address: whatever it is, the answer is 404 where nothing has it. */
export const idParam = z.string().min(1).meta({ description: 'Identifier' });

/** JSON as a shape of the model describes it; whether it can be kept, the model says once for every surface. */
export function described<S extends z.ZodType>(shape: S): z.ZodType<z.output<S>> {
  return z.custom<z.output<S>>((value) => value !== undefined, 'is required').meta({ ...shape.meta() });
}

export const time = z.string().meta({ format: 'date-time', description: 'UTC, in milliseconds' });
export const count = z.number().int().min(0);

type RelationWord = Lowercase<RelationType>;

/** A relation type as REST says it. */
export const relationWord = (type: string): string => type.toLowerCase();

const relationWords = relationTypes.map((type) => type.toLowerCase() as RelationWord);
export const relationTypeOut = z.enum(relationWords);
export const relationTypeIn = relationTypeOut
  .transform((word) => z.enum(relationTypes).parse(word.toUpperCase()))
  .meta({ description: 'How the product was made from the source' });

/** A whole number in a query string. */
export function wholeNumber(min: number, max: number): z.ZodType<number> {
  return z
    .unknown()
    .transform((value, context): number => {
      const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN;
      if (number >= min && number <= max) return number;
      context.addIssue({ code: 'custom', message: `must be one whole number from ${min} to ${max}` });
      return z.NEVER;
    })
    .meta({ type: 'integer', minimum: min, maximum: max });
}

/** `?relation_type=A&relation_type=B` */
export const relationTypesParam: z.ZodType<RelationType[]> = z
  .unknown()
  .transform((value) => z.array(z.unknown()).catch([value]).parse(value))
  .pipe(listOf(relationTypeIn, maxRelationTypes))
  .meta({
    type: 'array',
    maxItems: maxRelationTypes,
    items: { type: 'string', enum: relationWords },
  });
