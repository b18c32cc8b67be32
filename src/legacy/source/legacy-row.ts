/** One row of the old database: numbers as numbers, everything else as text. Columns in lower case, in alphabetical order. */
export interface LegacyRow {
  readonly values: Readonly<Record<string, string | number | null>>;
  /** Columns whose text was not valid UTF-8; their values hold U+FFFD in place of the wrong bytes. */
  readonly damaged: readonly string[];
  /** Generated columns that cannot be computed for this row. */
  readonly uncomputed?: readonly string[];
}

export const emptyRow: LegacyRow = { values: {}, damaged: [] };

/** The column as text; null when it is NULL, absent or nothing but white space. */
export function textOf(row: LegacyRow, column: string): string | null {
  const value = row.values[column];
  if (value === null || value === undefined) return null;
  const text = typeof value === 'number' ? String(value) : value;
  return text.trim() === '' ? null : text;
}

/** The column as a finite number, or null. Text such as ' 12 ' counts, since PostgreSQL gives every value as text. */
function numberOf(row: LegacyRow, column: string): number | null {
  const text = textOf(row, column)?.trim();
  if (text === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** As numberOf, but null for a fraction or a number beyond 2^53. */
export function wholeNumberOf(row: LegacyRow, column: string): number | null {
  const number = numberOf(row, column);
  return number !== null && Number.isSafeInteger(number) ? number : null;
}

/** 1, t, true, yes, y, on in any case are true; NULL and absent give `otherwise`. */
export function flagOf(row: LegacyRow, column: string, otherwise: boolean): boolean {
  const text = textOf(row, column)?.trim().toLowerCase();
  return text === undefined ? otherwise : ['1', '1.0', 't', 'true', 'yes', 'y', 'on'].includes(text);
}

/** The name of a relation's row among those that a run of the import has dealt with. */
export function relationKey(row: LegacyRow): string {
  const columns = ['relation_id', 'from_artifact_id', 'to_artifact_id', 'relation_type'];
  return `relation ${JSON.stringify(columns.map((column) => row.values[column] ?? null))}`;
}
