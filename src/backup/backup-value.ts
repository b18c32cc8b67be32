import neo4j from 'neo4j-driver';
import { z } from 'zod';
import { Conflict } from '../errors.js';

const floatNames = ['NaN', 'Infinity', '-Infinity'] as const;
const float = z.union([z.number(), z.enum(floatNames)]);

/** ISO 8601 with an offset, up to nanoseconds; a named zone may follow in brackets, as Neo4j writes it. */
const time = z.string().refine((text) => {
  return z.iso.datetime({ offset: true }).safeParse(text.replace(/\[[\w/+-]+\]$/, '')).success;
}, 'must be a time such as 2026-11-01T12:00:00.000Z');

/** JSON has no floats and no times: these come as {"float": 1} and {"datetime": "…"}; a plain number is an integer. */
const typed = z.union([
  z.strictObject({ float: z.union([float, z.array(float)]) }),
  z.strictObject({ datetime: z.union([time, z.array(time)]) }),
]);
const plain = z.union([
  z.string(),
  z.boolean(),
  z.int(),
  z.array(z.string()),
  z.array(z.boolean()),
  z.array(z.int()),
]);

/** The properties of one node or relationship as a line has them. */
export const backupProperties = z.record(
  z.string().min(1),
  z.union(
    [plain, typed],
    'must be text, a boolean, an integer, {"float": …}, {"datetime": …}, or a list of one of them',
  ),
);
export type BackupProperties = z.infer<typeof backupProperties>;

/** The same as parameters: what JSON cannot say stands apart, for the statement to convert. */
export interface PropertyParameters {
  properties: Record<string, z.infer<typeof plain>>;
  floats: { key: string; value: number }[];
  floatLists: { key: string; value: number[] }[];
  times: { key: string; value: string }[];
  timeLists: { key: string; value: string[] }[];
}

export const propertyParameters = z.object({
  properties: z.record(z.string(), plain),
  floats: z.array(
    z.object({
      key: z.string(),
      value: z
        .number()
        .or(z.nan())
        .or(z.literal([Infinity, -Infinity])),
    }),
  ),
  floatLists: z.array(z.object({ key: z.string(), value: z.array(z.unknown()) })),
  times: z.array(z.object({ key: z.string(), value: z.string() })),
  timeLists: z.array(z.object({ key: z.string(), value: z.array(z.string()) })),
});

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
    const value = backupProperties.valueType.safeParse(toBackupValue(stored[key], floats.includes(key)));
    if (!value.success) {
      throw new Conflict(
        `the property ${key} of ${owner} cannot be exported: it is neither text, boolean, integer (up to 2^53), float nor datetime, nor a list of one of these`,
      );
    }
    properties[key] = value.data;
  }
  return properties;
}

function toBackupValue(value: unknown, isFloat: boolean): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return value;
    if (isFloat) return { float: value.map(floatText) };
    return value.every(neo4j.isDateTime) ? { datetime: value.map(timeText) } : value;
  }
  if (isFloat) return { float: floatText(value) };
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
