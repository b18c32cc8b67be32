import { z } from 'zod';
import type { Entity, Properties, Property, ValueOf } from './entity.js';
import { canonicalJson, parseStoredJson, type Json } from './json.js';

/**
 * Between the service and the graph: how the properties of an entity are written, and how they are read again. The
 * Cypher side and the TypeScript side of each row come from the same catalogue, in the same order.
 */

/** The columns that a property takes in a row that is read, as Cypher; `props` has the properties of `variable`. */
function readColumns(name: string, { stored }: Property, variable: string): string[] {
  if (stored === 'time') return [`props.${name}.epochMillis`];
  if (stored === 'payload') return [`props.${name}`, `props.${name}Format`];
  if (stored === 'type') return [`type(${variable})`];
  if (typeof stored === 'string') return [`props.${name}`];
  if ('end' in stored) return [`${stored.end}Node(${variable}).id`];
  const ids = `[(${variable})-[:${stored.via}]->(other) | other.id]`;
  return [stored.many ? ids : `head(${ids})`];
}

/**
 * An entity as a list of its properties, null for absent ones: a map's keys cost both sides as much as its values.
 * Read by `rowOf`.
 */
export function projection({ properties }: Entity, variable: string): string {
  const columns = Object.entries(properties).flatMap(([name, one]) => readColumns(name, one, variable));
  return `head([props IN [properties(${variable})] | [${columns.join(', ')}]])`;
}

/** Where each property begins in the list that `projection` gives. */
export function placesOf<P extends Properties>({ properties }: Entity<P>): Record<keyof P, number> {
  let at = 0;
  const places = Object.entries(properties).map(([name, { stored }]) => {
    const place = at;
    at += stored === 'payload' ? 2 : 1;
    return [name, place];
  });
  return Object.fromEntries(places) as Record<keyof P, number>;
}

/** The map of properties that a node or relationship is created with, from columns such as `$artifacts[n]`. */
export function propertyMap({ properties, keys }: Entity, rows: string, index: string): string {
  const cell = (name: string) => `${rows}.${name}[${index}]`;
  const stored = Object.entries(properties).flatMap(([name, one]) => {
    const form = one.stored;
    if (form === 'time') {
      const time = `datetime({epochMillis: ${cell(name)}})`;
      return [`${name}: ${one.optional ? `CASE WHEN ${cell(name)} IS NOT NULL THEN ${time} END` : time}`];
    }
    if (form === 'float') return [`${name}: toFloat(${cell(name)})`];
    if (form === 'payload') return [`${name}: ${cell(name)}`, `${name}Format: ${cell(`${name}Format`)}`];
    return form === 'type' || typeof form === 'object' ? [] : [`${name}: ${cell(name)}`];
  });
  return `{${[...stored, ...Object.keys(keys).map((name) => `${name}: ${cell(name)}`)].join(', ')}}`;
}

/** The names of the properties that an entity has in the graph. */
export function storedNames({ properties, keys }: Entity): string[] {
  const names = Object.entries(properties).flatMap(([name, { stored }]) => {
    if (stored === 'payload') return [name, `${name}Format`];
    return stored === 'type' || typeof stored === 'object' ? [] : [name];
  });
  return [...names, ...Object.keys(keys)];
}

/** JSON as it is stored: canonical text, null for none. */
export const storeJson = (value: Json | undefined): string | null =>
  value === undefined || value === null ? null : canonicalJson(value);

/** What stands beside a payload that is no plain string. */
const payloadFormat = (payload: Json | undefined): 'json' | null =>
  payload === undefined || payload === null || typeof payload === 'string' ? null : 'json';

/** The two properties of a payload: its text, and `json` where that is no plain string. */
export const storePayload = (payload: Json | undefined): [text: string | null, format: 'json' | null] => [
  typeof payload === 'string' ? payload : storeJson(payload),
  payloadFormat(payload),
];

export const readPayload = (text: string | null, format: string | null): Json =>
  text !== null && format === 'json' ? parseStoredJson(text) : text;

/** A column's name, and its cell of one row. */
export type Column = [name: string, cellOf: (row: object) => unknown];

/** A list for each column. One that no row has is sent as null, of which Cypher takes `[n]` as null too. */
export function toColumns(
  columns: readonly Column[],
  rows: readonly object[],
): Record<string, unknown[] | null> {
  const lists = columns.map(([name, cellOf]): [string, unknown[] | null] => {
    const cells = rows.map(cellOf);
    return [name, rows.length > 0 && cells.every((cell) => cell === null) ? null : cells];
  });
  return Object.fromEntries(lists);
}

/** A property of the rows as it is, null where a row does not have it. */
export const plainColumn = (name: string): Column => [name, (row): unknown => Reflect.get(row, name) ?? null];

/** Rows to write, as `propertyMap` takes them: a list for each property, with its ends and keys. */
export function columnsOf<P extends Properties>({ properties, keys }: Entity<P>) {
  const columns = [
    ...Object.entries(properties).flatMap(([name, { stored }]) => storedColumns(name, stored)),
    ...Object.keys(keys).map(plainColumn),
  ];
  return z.custom<readonly (ValueOf<Entity<P>> & object)[]>().transform((rows) => toColumns(columns, rows));
}

function storedColumns(name: string, stored: Property['stored']): Column[] {
  const valueOf = (row: object) => Reflect.get(row, name) as Json | undefined;
  if (stored === 'json') return [[name, (row) => storeJson(valueOf(row))]];
  if (stored !== 'payload') return [plainColumn(name)];
  return [
    [name, (row) => storePayload(valueOf(row))[0]],
    [`${name}Format`, (row) => payloadFormat(valueOf(row))],
  ];
}

/**
 * Reads what `projection` gives. Shapes were checked when the entity was written, and the guard keeps them: only the
 * kind of each cell is looked at here.
 */
export function rowOf<P extends Properties>({ name: entity, properties }: Entity<P>) {
  const readers = Object.entries(properties).map(([name, property]) => [name, readerOf(property)] as const);
  const width = readers.reduce((sum, [, { takes }]) => sum + takes, 0);
  return z.array(z.unknown()).transform((cells, context): ValueOf<Entity<P>> => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', message: `${entity}: ${message}` });
    if (cells.length !== width) wrong(`${cells.length} columns instead of ${width}`);
    const value: Record<string, unknown> = {};
    let at = 0;
    for (const [name, { takes, read }] of readers) {
      const found = read(cells[at] ?? null, cells[at + 1] ?? null);
      if (found === undefined) wrong(`${name} is ${JSON.stringify(cells[at])}`);
      value[name] = found;
      at += takes;
    }
    return value as ValueOf<Entity<P>>;
  });
}

interface Reader {
  /** Columns. */
  takes: 1 | 2;
  /** The value of one property, null where it is absent; undefined for what cannot be one. */
  read: (cell: unknown, next: unknown) => unknown;
}

const cellTypes = {
  text: 'string',
  type: 'string',
  integer: 'number',
  float: 'number',
  time: 'number',
  boolean: 'boolean',
};

function readerOf({ stored, optional }: Property): Reader {
  const whenThere = (read: (cell: unknown) => unknown): Reader => ({
    takes: 1,
    read: (cell) => (cell === null ? (optional ? null : undefined) : read(cell)),
  });
  if (stored === 'payload') return { takes: 2, read: readPayloadCells };
  if (stored === 'json')
    return whenThere((cell) => (typeof cell === 'string' ? parseStoredJson(cell) : undefined));
  if (typeof stored === 'object') {
    if ('via' in stored && stored.many) return whenThere((cell) => (Array.isArray(cell) ? cell : undefined));
    return whenThere((cell) => (typeof cell === 'string' ? cell : undefined));
  }
  const type = cellTypes[stored];
  return whenThere((cell) => (typeof cell === type ? cell : undefined));
}

function readPayloadCells(text: unknown, format: unknown): Json | undefined {
  if (text === null) return null;
  return typeof text === 'string' ? readPayload(text, format === 'json' ? 'json' : null) : undefined;
}
