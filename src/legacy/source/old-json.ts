import { parse } from 'lossless-json';
import { cutText } from '../../model/text.js';
import { fitsDouble } from '../../model/exact-number.js';
import { json, type Json } from '../../model/json.js';
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
