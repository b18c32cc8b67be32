import type { z } from 'zod';

/**
 * How a property lies in the graph. `time`: a `datetime` in UTC, in the service milliseconds since 1970. `json`:
 * canonical JSON text (RFC 8785). `payload`: a string as it is, any other JSON value as canonical text with
 * `payloadFormat: 'json'` beside it, so that an auditor reads inline texts in Neo4j Browser.
 *
 * What the graph says by its relationships is no property of the node: `via` names the relationship that leads to a
 * node of the label `to`, whose id is the value (`many`: all of them); `end` an end of the relationship itself; `type` its type.
 */
export type Stored =
  | 'text'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'time'
  | 'json'
  | 'payload'
  | 'type'
  | { readonly via: string; readonly to: string; readonly many?: true }
  | { readonly end: 'start' | 'end' };

/** One property of an entity: the one place that says what it is. */
export interface Property<S extends z.ZodType = z.ZodType> {
  /** A value that is there. */
  readonly shape: S;
  readonly stored: Stored;
  /** Whether it may be absent: null in the service and in REST, no property in the graph. */
  readonly optional?: true;
  /** Its name in REST; the snake case of its name where this says nothing. */
  readonly rest?: string;
  /** Whether whoever records the entity gives it. All else is the service's own. */
  readonly given?: true;
  /** Whether it may change once it is written. `once`: from absent to a value. */
  readonly changes?: true | 'once' | 'grows';
  /** For docs/model.md. */
  readonly note?: string;
}

export type Properties = Readonly<Record<string, Property>>;

/** A node label or a kind of relationship with its properties, in the order in which every surface shows them. */
export interface Entity<P extends Properties = Properties> {
  /** As statements call it: `@artifact(a)`. */
  readonly name: string;
  /** The node's label, or the types of the relationship and the labels that it joins. */
  readonly graph: { readonly label: string } | Relationship;
  readonly properties: P;
  /** Properties that the graph computes from others and nobody is shown: the keys of constraints. */
  readonly keys: Readonly<Record<string, string>>;
}

export interface Relationship {
  readonly types: readonly string[];
  readonly from: string;
  readonly to: string;
}

export const entity = <const P extends Properties>(
  name: string,
  graph: Entity['graph'],
  properties: P,
  keys: Entity['keys'] = {},
): Entity<P> => ({ name, graph, properties, keys });

type Value<P extends Property> = P extends { optional: true }
  ? z.output<P['shape']> | null
  : z.output<P['shape']>;

/** What the service holds of an entity; absent properties are null. */
export type ValueOf<E> = E extends Entity<infer P> ? { -readonly [K in keyof P]: Value<P[K]> } : never;

export type GivenNames<P> = { [K in keyof P]: P[K] extends { given: true } ? K : never }[keyof P];
type GivenShape<P extends Properties> = {
  -readonly [K in GivenNames<P>]: P[K] extends { optional: true }
    ? z.ZodOptional<z.ZodNullable<P[K]['shape']>>
    : P[K]['shape'];
};

/** The names of what is given when an entity is recorded. */
export function givenNames<P extends Properties>({ properties }: Entity<P>): GivenNames<P>[] {
  const isGiven = (name: keyof P): name is GivenNames<P> => properties[name]?.given === true;
  return (Object.keys(properties) as (keyof P)[]).filter(isGiven);
}

/** The zod shape of what is given; optional properties may be left out or null. */
export function givenShape<P extends Properties>(of: Entity<P>): GivenShape<P> {
  const shapes = givenNames(of).map((name) => {
    const property: Property | undefined = of.properties[name];
    return [name, property?.optional ? property.shape.nullish() : property?.shape];
  });
  return Object.fromEntries(shapes) as GivenShape<P>;
}

type Given<P extends Properties> = { -readonly [K in GivenNames<P>]: Value<P[K]> };

/** What was given, with null for each optional property that was not. */
export function withAbsent<P extends Properties>(
  of: Entity<P>,
  given: { [K in GivenNames<P>]?: Given<P>[K] | undefined },
): Given<P> {
  const values = givenNames(of).map((name) => [name, given[name] ?? null]);
  return Object.fromEntries(values) as Given<P>;
}
