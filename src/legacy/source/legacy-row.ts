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

/** The name of a relation's row among those that a run of the import has dealt with. */
export function relationKey(row: LegacyRow): string {
  const columns = ['relation_id', 'from_artifact_id', 'to_artifact_id', 'relation_type'];
  return `relation ${JSON.stringify(columns.map((column) => row.values[column] ?? null))}`;
}

/** The first item of each key; items without one are left out. */
export function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string | null): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    return key !== null && !seen.has(key) && seen.add(key);
  });
}
