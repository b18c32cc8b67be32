import { z } from 'zod';

/**
 * The rows of a statement that writes many, sent as one list for each property: as maps they would repeat every key,
 * which costs both sides more than the values. In Cypher, of row `n`: `UNWIND range(0, size($rows.id) - 1) AS n`,
 * then `$rows.id[n]`. A property that no row has is sent as null, of which Cypher takes `[n]` as null too.
 */
export function asColumns<S extends z.ZodRawShape>(row: z.ZodObject<S>) {
  const names = Object.keys(row.shape);
  return z.array(row).transform((rows) => toColumns(names, rows));
}

/** `asColumns` for rows that our own code makes, all with the same keys, and that need no check. */
export const uncheckedAsColumns = z
  .custom<readonly object[]>()
  .transform((rows) => toColumns(Object.keys(rows[0] ?? {}), rows));

function toColumns(names: readonly string[], rows: readonly object[]): Record<string, unknown[] | null> {
  const column = (name: string) => {
    const values = rows.map((row): unknown => Reflect.get(row, name) ?? null);
    return rows.length > 0 && values.every((value) => value === null) ? null : values;
  };
  return Object.fromEntries(names.map((name) => [name, column(name)]));
}
