import { z } from 'zod';
import { restName } from '../http/field-names.js';
import {
  givenNames,
  type Entity,
  type GivenNames,
  type Properties,
  type Property,
  type ValueOf,
} from '../model/entity.js';
import { json, jsonObject } from '../model/json.js';
import { isoTime } from '../model/iso-time.js';
import { count, described, id, relationTypeOut, relationWord, time } from './schema-parts.js';

/**
 * REST shapes of the model's entities, made from the catalogue: names in snake case where it gives no other, times in
 * ISO 8601, words in lower case.
 */

type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : S;
type RestName<K, P> = P extends { rest: infer R extends string } ? R : SnakeCase<K & string>;
type RestValue<P extends Property> = P extends { stored: 'time' }
  ? string
  : P extends { stored: 'type' }
    ? Lowercase<z.output<P['shape']> & string>
    : z.output<P['shape']>;

/** An entity as REST answers it. */
export type EntityAnswer<E> =
  E extends Entity<infer P>
    ? {
        -readonly [K in keyof P as RestName<K, P[K]>]: P[K] extends { optional: true }
          ? RestValue<P[K]> | null
          : RestValue<P[K]>;
      }
    : never;

type AnswerShape<E> = { [K in keyof EntityAnswer<E>]: z.ZodType<EntityAnswer<E>[K], EntityAnswer<E>[K]> };

/** The object that answers with an entity have; documented under `schemaId`. */
export function answerSchema<P extends Properties>(of: Entity<P>, schemaId: string) {
  const fields = Object.entries(of.properties).map(([name, property]) => {
    const { optional, note } = property;
    const value = answerValue(property);
    const shape = optional && value !== json ? value.nullable() : value;
    return [restName(name, property), note ? shape.meta({ description: note }) : shape];
  });
  const shape = Object.fromEntries(fields) as AnswerShape<Entity<P>>;
  return z.object(shape).meta({ id: schemaId });
}

/** What is answered was checked when it was recorded: answers say the kind of a value, not its limits. */
function answerValue({ stored, shape }: Property): z.ZodType {
  if (shape instanceof z.ZodEnum && stored !== 'type') return shape;
  switch (stored) {
    case 'type':
      return relationTypeOut;
    case 'time':
      return time;
    case 'integer':
      return count;
    case 'float':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'json':
    case 'payload':
      return shape.meta()?.type === 'object' ? jsonObject : json;
    case 'text':
      return z.string();
    default:
      return 'via' in stored && stored.many ? z.array(z.string()) : z.string();
  }
}

/** Makes what turns an entity into its answer, under the names and in the words of REST. */
export function answerBody<P extends Properties>({ properties }: Entity<P>) {
  const fields = Object.entries(properties).map(
    ([name, property]) => [name, restName(name, property), property] as const,
  );
  return (value: ValueOf<Entity<P>>): EntityAnswer<Entity<P>> => {
    const body: Record<string, unknown> = {};
    for (const [name, field, property] of fields) body[field] = answered(property, Reflect.get(value, name));
    return body as EntityAnswer<Entity<P>>;
  };
}

function answered({ stored }: Property, value: unknown): unknown {
  if (stored === 'time' && typeof value === 'number') return isoTime(value);
  return stored === 'type' && typeof value === 'string' ? relationWord(value) : value;
}

type RequestShape<P extends Properties> = {
  -readonly [K in GivenNames<P> as RestName<K, P[K]>]: P[K] extends { optional: true }
    ? z.ZodOptional<z.ZodNullable<P[K]['shape']>>
    : P[K]['shape'];
};

/** The fields by which an entity is recorded, as requests name them. */
export function requestShape<P extends Properties>(of: Entity<P>): RequestShape<P> {
  const fields = givenNames(of).map((name) => {
    const property = of.properties[name] as Property;
    const shape = requestValue(property);
    return [restName(String(name), property), property.optional ? shape.nullish() : shape];
  });
  return Object.fromEntries(fields) as RequestShape<P>;
}

function requestValue({ stored, shape }: Property): z.ZodType {
  if (stored === 'json' || stored === 'payload') return described(shape);
  return typeof stored === 'object' ? id : shape;
}

/** The fields by which an entity is recorded as `inAddress` reads them from a query string; left out where that is null. */
export function queryShape(
  of: Entity,
  inAddress: (property: Property) => z.ZodType | null,
): Record<string, z.ZodType> {
  const fields = givenNames(of).flatMap((name) => {
    const property = of.properties[name];
    const value = property && inAddress(property);
    return property && value ? [[restName(name, property), value.optional()]] : [];
  });
  return Object.fromEntries(fields) as Record<string, z.ZodType>;
}

/** The fields of a request under the model's names; those that belong to no property stay as they are. */
export function modelInput({ properties }: Entity, fields: object): Record<string, unknown> {
  const names = new Map(Object.entries(properties).map(([name, one]) => [restName(name, one), name]));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names.get(name) ?? name, value]));
}
