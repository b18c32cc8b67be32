import { canonicalJson, json, type Json } from '../model/json.js';
import { textOf, type LegacyRow } from './legacy-row.js';
import { parseLegacyTime } from './legacy-time.js';

/** Collects what could not be taken over as it was; `raw` keeps the old values that have no place in the model. */
export interface Problems {
  readonly sentences: string[];
  readonly raw: Record<string, string>;
}

export const noProblems = (): Problems => ({ sentences: [], raw: {} });

/** Old values in reports: enough to recognize them. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);
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

/** A column that holds JSON as stored JSON; text that is no JSON becomes a JSON string. null when absent. */
export function storedJsonOf(row: LegacyRow, column: string): string | null {
  const text = textOf(row, column);
  return text === null ? null : canonicalJson(parsedOrText(text));
}

export function parsedOrText(text: string): Json {
  try {
    return json.safeParse(JSON.parse(text)).data ?? text;
  } catch {
    // Text that is no JSON is kept as the text that it is.
    return text;
  }
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
