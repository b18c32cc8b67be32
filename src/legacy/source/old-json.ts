import { parse } from 'lossless-json';
import type { z } from 'zod';
import { cutText } from '../../model/text.js';
import { fitsDouble } from '../../model/exact-number.js';
import { json, maxJsonBytes, type Json } from '../../model/json.js';
import { locateJsonError } from '../../model/locate-json-error.js';

/** What the text of an old row says in JSON, and what of it could not be taken over; or why it is no JSON. */
export type OldJson = { value: Json; told: string[] } | { broken: string };

const longestNumber = 100;

/**
 * Reads JSON without losing anything untold: a number with more digits than a double keeps becomes a string of its
 * digits, and of a key that is given twice the last value counts.
 */
export function readOldJson(text: string): OldJson {
  const told = new Set<string>();
  const parseNumber = (digits: string) => {
    if (fitsDouble(digits)) return Number(digits);
    told.add(
      `the number ${cutText(digits, longestNumber)} is kept as a string, since it has more digits than JSON numbers keep`,
    );
    return digits;
  };
  const onDuplicateKey = ({ key, newValue }: { key: string; newValue: unknown }) => {
    told.add(`the key ${JSON.stringify(cutText(key, longestNumber))} is given twice; the last value is kept`);
    return newValue;
  };
  try {
    const { data, error } = json.safeParse(parse(text, null, { parseNumber, onDuplicateKey }));
    if (data === undefined) return { broken: error?.issues[0]?.message ?? 'is not JSON' };
    return { value: data, told: [...told] };
  } catch (error) {
    if (error instanceof SyntaxError) {
      const { line, column } = locateJsonError(text);
      return { broken: `is not JSON at line ${line}, column ${column}` };
    }
    // The reader calls itself for each level.
    if (error instanceof RangeError) return { broken: 'is nested too deeply' };
    throw error;
  }
}

/** Where what is told of a value goes, and what the value is. */
export interface ToldAbout {
  problems: string[];
  what: string;
}

/** Old values in reports: enough to recognize them. */
export function quoted(text: string | null): string {
  return JSON.stringify(text !== null && text.length > 80 ? `${cutText(text, 77)}…` : (text ?? ''));
}

/** The JSON that a text says, or else the text; whatever is not kept as it was is told. */
export function parsedOrText(text: string, { problems, what }: ToldAbout): Json {
  const read = readOldJson(text);
  if ('broken' in read) {
    problems.push(`${what} ${read.broken}; it is kept as text`);
    return text;
  }
  problems.push(...read.told.map((sentence) => `in ${what} ${sentence}`));
  return read.value;
}

/** True for JSON that the model takes only as an artifact of its own. */
const isTooLong = (text: string): boolean => Buffer.byteLength(text) > maxJsonBytes;

/** As much of a text as fits, whatever its characters are, where JSON would be too long. */
const beginningOf = (text: string, told: ToldAbout): string =>
  cutAndTold(text, Math.floor(maxJsonBytes / 6), told);

/** As `parsedOrText`; of a text that is longer than JSON may be, the beginning. */
export function jsonOrText(text: string | null, told: ToldAbout): Json {
  if (text === null) return null;
  return isTooLong(text) ? beginningOf(text, told) : parsedOrText(text, told);
}

/** A metadata column as a JSON object that `shape` takes; anything else is kept as text and told. null when there is none. */
export function oldObject(
  text: string | null,
  shape: z.ZodType,
  told: ToldAbout,
): Record<string, Json> | null {
  if (text === null) return null;
  if (isTooLong(text)) return { custom: { legacy_metadata: beginningOf(text, told) } };
  const value = parsedOrText(text, told);
  if (isObject(value) && shape.safeParse(value).success) return value;
  const wrong = isObject(value) ? 'does not fit its type' : 'is no JSON object';
  if (value !== text) told.problems.push(`${told.what} ${wrong}; it is kept as text`);
  return { custom: { legacy_metadata: cutAndTold(text, 32_000, told) } };
}

/** A text that is cut where it is longer than the model allows, and then told. */
export function cutAndTold(text: string, most: number, { problems, what }: ToldAbout): string {
  const kept = cutText(text, most).toWellFormed();
  if (kept !== text)
    problems.push(`${what} has ${text.length} characters; the first ${kept.length} are kept`);
  return kept;
}

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value if it is a JSON object, otherwise an empty one. */
export const objectOf = (value: Json): Record<string, Json> => (isObject(value) ? value : {});

const tree = json.refine((value) => typeof value === 'object' && value !== null);

/** The JSON object or array that a text says; null when it says none. */
export function jsonTree(text: string): Json {
  try {
    return tree.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Broken JSON is an ordinary value of an old row; whoever asks reports it.
    return null;
  }
}

/** A string member of a JSON object, or null when it is absent, blank or no string. */
export function textMember(object: Record<string, Json>, name: string): string | null {
  const value = Object.hasOwn(object, name) ? object[name] : null;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
