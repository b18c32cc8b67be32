import { z } from 'zod';
import { plainColumn, toColumns } from '../model/stored.js';

/**
 * The rows of a statement that writes many, sent as one list for each property: as maps they would repeat every key,
 * which costs both sides more than the values. In Cypher, of row `n`: `UNWIND range(0, size($rows.id) - 1) AS n`,
 * then `$rows.id[n]`.
 */
export function asColumns<S extends z.ZodRawShape>(row: z.ZodObject<S>) {
  const columns = Object.keys(row.shape).map(plainColumn);
  return z.array(row).transform((rows) => toColumns(columns, rows));
}

/** `asColumns` for rows that our own code makes, all with the same keys, and that need no check. */
export const uncheckedAsColumns = z
  .custom<readonly object[]>()
  .transform((rows) => toColumns(Object.keys(rows[0] ?? {}).map(plainColumn), rows));
