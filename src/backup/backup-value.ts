import neo4j from 'neo4j-driver';
import { z } from 'zod';
import { Conflict } from '../errors.js';

/** ISO 8601 with an offset, up to nanoseconds; a named zone may follow in brackets, as Neo4j writes it. */
const time = z.iso.datetime({ offset: true });
const zoneName = /\[[\w/+-]+\]$/;
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && time.safeParse(value.replace(zoneName, '')).success;

type Float = number | 'NaN' | 'Infinity' | '-Infinity';
const isFloat = (value: unknown): value is Float =>
  typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity';

const isText = (value: unknown) => typeof value === 'string';
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isInteger = (value: unknown) => Number.isSafeInteger(value);

/** JSON has no floats and no times: these come as {"float": 1} and {"datetime": "…"}; a plain number is an integer. */
type Plain = string | boolean | number | string[] | boolean[] | number[];
type Typed = { float: Float | Float[] } | { datetime: string | string[] };

function isPlain(value: unknown): value is Plain {
  if (!Array.isArray(value)) return isText(value) || isBoolean(value) || isInteger(value);
  return value.every(isText) || value.every(isBoolean) || value.every(isInteger);
}

function isTyped(value: unknown): value is Typed {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
  if ('float' in value) return [value.float].flat().every(isFloat);
  return 'datetime' in value && [value.datetime].flat().every(isTime);
}

const shape =
  'must be text, a boolean, an integer, {"float": 1.5}, {"datetime": "2026-11-01T12:00:00Z"}, or a list of one of them';
/** Written by hand: a union of schemas tries, and words, every way to fail, for each property of millions of lines. */
const backupValue = z.custom<Plain | Typed>((value) => isPlain(value) || isTyped(value), shape);

/** The properties of one node or relationship as a line has them. */
export const backupProperties = z.record(z.string(), backupValue);
export type BackupProperties = z.infer<typeof backupProperties>;

/** The same as parameters of a statement: what JSON cannot say stands apart, for the statement to convert. */
export interface PropertyParameters {
  properties: Record<string, Plain>;
  floats: { key: string; value: number }[];
  floatLists: { key: string; value: number[] }[];
  times: { key: string; value: string }[];
  timeLists: { key: string; value: string[] }[];
}

export function toPropertyParameters(properties: BackupProperties): PropertyParameters {
  const parameters: PropertyParameters = {
    properties: {},
    floats: [],
    floatLists: [],
    times: [],
    timeLists: [],
  };
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value !== 'object' || Array.isArray(value)) parameters.properties[key] = value;
    else if ('float' in value) {
      if (Array.isArray(value.float)) parameters.floatLists.push({ key, value: value.float.map(Number) });
      else parameters.floats.push({ key, value: Number(value.float) });
    } else if (Array.isArray(value.datetime)) parameters.timeLists.push({ key, value: value.datetime });
    else parameters.times.push({ key, value: value.datetime });
  }
  return parameters;
}

/**
 * What the driver gave as what a line has, in the order of the names; `floats` names the properties that Neo4j stores
 * as FLOAT.
 * @throws Conflict for a value of a type that no line can carry exactly; `owner` says whose it is
 */
export function toBackupProperties(
  stored: Readonly<Record<string, unknown>>,
  floats: readonly string[],
  owner: string,
): BackupProperties {
  const properties: BackupProperties = {};
  for (const key of Object.keys(stored).sort()) {
    const value = toBackupValue(stored[key], floats.includes(key));
    if (!isPlain(value) && !isTyped(value)) {
      throw new Conflict(
        `the property ${key} of ${owner} cannot be exported: it is neither text, boolean, integer (up to 2^53), float nor datetime, nor a list of one of these`,
      );
    }
    properties[key] = value;
  }
  return properties;
}

function toBackupValue(value: unknown, asFloat: boolean): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return value;
    if (asFloat) return { float: value.map(floatText) };
    return value.every(neo4j.isDateTime) ? { datetime: value.map(timeText) } : value;
  }
  if (asFloat) return { float: floatText(value) };
  return neo4j.isDateTime(value) ? { datetime: timeText(value) } : value;
}

function floatText(value: unknown): unknown {
  return Number.isFinite(value) ? value : String(value);
}

/** Without the zeros that end a fraction of nanoseconds. */
function timeText(value: { toString(): string }): string {
  return value
    .toString()
    .replace(/\.(\d*?)0+(?=[Z+-])/, (_all, digits: string) => (digits ? `.${digits}` : ''));
}
