import { cutText } from '../../model/text.js';
import { maxJsonBytes, type Json } from '../../model/json.js';
import { textOf, wholeNumberOf, type LegacyRow } from './legacy-row.js';
import { parseLegacyTime } from './legacy-time.js';
import { readOldJson } from './old-json.js';

/** Collects what could not be taken over as it was; `raw` keeps the old values that have no place in the model. */
export interface Problems {
  readonly sentences: string[];
  readonly raw: Record<string, string>;
}

export const noProblems = (): Problems => ({ sentences: [], raw: {} });

/** Old values in reports: enough to recognize them. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${cutText(text, 77)}…` : text);
}

/** The column as an instant in milliseconds; null when absent, null and reported when it is no time. */
export function timeOf(row: LegacyRow, column: string, problems: Problems): number | null {
  const text = textOf(row, column);
  if (text === null) return null;
  const time = parseLegacyTime(text);
  if (time !== null) return time.getTime();
  problems.sentences.push(`${column} ${quoted(text)} is not a time`);
  problems.raw[column] = text;
  return null;
}

/** The time of what has none: recognizable, and the same in every import. */
export const unknownTime = 0;

/** The first of the columns that holds a time; 1970-01-01T00:00:00Z, reported, when none does. */
export function firstTimeOf(row: LegacyRow, columns: readonly string[], problems: Problems): number {
  for (const column of columns) {
    const time = timeOf(row, column, problems);
    if (time !== null) return time;
  }
  problems.sentences.push(`none of ${columns.join(', ')} is a time: 1970-01-01T00:00:00Z is recorded`);
  return unknownTime;
}

/** The value if it is one of the words, in any case and with - or blanks for _; otherwise null. */
export function wordOf<T extends string>(row: LegacyRow, column: string, words: readonly T[]): T | null {
  const text = textOf(row, column)
    ?.trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '_');
  return words.find((word) => word.toLowerCase() === text) ?? null;
}

/** A column that holds JSON; text that is no JSON becomes a JSON string, and is told. null when absent. */
export function jsonOf(row: LegacyRow, column: string, told: ToldAbout): Json {
  const text = textOf(row, column);
  if (text === null) return null;
  const toldOfColumn = { ...told, what: `${column} of ${told.what}` };
  return isTooLong(text) ? beginningOf(text, toldOfColumn) : parsedOrText(text, toldOfColumn);
}

/** True for JSON that the model takes only as an artifact of its own. */
const isTooLong = (text: string): boolean => Buffer.byteLength(text) > maxJsonBytes;

/** As much of a text as fits, whatever its characters are, where JSON would be too long. */
const beginningOf = (text: string, told: ToldAbout): string =>
  cutAndTold(text, Math.floor(maxJsonBytes / 6), told);

/** Where what is told of a value goes, and what the value is. */
export interface ToldAbout {
  problems: Problems;
  what: string;
}

/** The JSON that a text says, or else the text; whatever is not kept as it was is told. */
export function parsedOrText(text: string, { problems, what }: ToldAbout): Json {
  const read = readOldJson(text);
  if ('broken' in read) {
    problems.sentences.push(`${what} ${read.broken}; it is kept as text`);
    return text;
  }
  for (const sentence of read.told) problems.sentences.push(`in ${what} ${sentence}`);
  return read.value;
}

/** A whole number from 0 to `most`, or null; anything else is told. */
export function countOf(
  row: LegacyRow,
  column: string,
  most: number,
  { problems, what }: ToldAbout,
): number | null {
  const text = textOf(row, column);
  const number = wholeNumberOf(row, column);
  if (text === null || (number !== null && number >= 0 && number <= most)) return number;
  problems.sentences.push(`${column} ${quoted(text)} of ${what} is not a whole number from 0 to ${most}`);
  return null;
}

/** A text that is cut where it is longer than the model allows, and then told. */
export function cutAndTold(text: string, most: number, { problems, what }: ToldAbout): string {
  const kept = cutText(text, most).toWellFormed();
  if (kept !== text)
    problems.sentences.push(`${what} has ${text.length} characters; the first ${kept.length} are kept`);
  return kept;
}

/** A score from 0 to 1, or null; anything else is reported. */
export function scoreOf(row: LegacyRow, column: string, problems: Problems): number | null {
  const text = textOf(row, column);
  if (text === null) return null;
  const score = Number(text);
  if (score >= 0 && score <= 1) return score;
  problems.sentences.push(`${column} ${quoted(text)} is not a score from 0 to 1`);
  problems.raw[column] = text;
  return null;
}

/** The metadata of a row as a JSON object; anything else is kept as text and told. null when there is none. */
export function oldObject(row: LegacyRow, told: ToldAbout): Record<string, Json> | null {
  const text = textOf(row, 'metadata');
  if (text === null) return null;
  if (isTooLong(text)) return { custom: { legacy_metadata: beginningOf(text, told) } };
  const value = parsedOrText(text, told);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  if (value !== text) told.problems.sentences.push(`${told.what} is no JSON object; it is kept as text`);
  return { custom: keptAsText(text, told) };
}

export const keptAsText = (text: string, told: ToldAbout) => ({
  legacy_metadata: cutAndTold(text, 32_000, told),
});
