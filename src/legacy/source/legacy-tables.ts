import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidInput } from '../../errors.js';
import type { LegacyRow } from './legacy-row.js';

/** The tables of the old system that the import reads. Older eras lack some of them, and any of their columns. */
export type LegacyTable =
  | 'stories'
  | 'sessions'
  | 'story_segments'
  | 'artifacts'
  | 'artifact_relations'
  | 'runs'
  | 'agent_steps'
  | 'story_artifact_links'
  | 'run_artifact_links';

/** A row with a name for reports that stays the same as long as the row does (SQLite's rowid, PostgreSQL's id). */
export interface NamedRow {
  readonly rowName: string;
  readonly row: LegacyRow;
}

/** SQLite answers at once, a server later. */
type Awaitable<T> = T | Promise<T>;

/**
 * An old database, read only, one table at a time. Nothing here takes a lock that would stop the old system's writes.
 * A table that does not exist has no rows; a column that does not exist matches nothing.
 */
export interface LegacyTables {
  /** For reports and records: a file path, or an address without credentials. */
  readonly name: string;
  /** The folder that holds the database, where the media folder is looked for when none is given; null for a server. */
  readonly folder: string | null;
  /** @throws InvalidInput when the database cannot be read */
  has(table: LegacyTable): Awaitable<boolean>;
  count(table: LegacyTable): Awaitable<number>;
  /** Every row once, in the table's own order, at most `batch` at a time; memory does not grow with the table. */
  scan(table: LegacyTable, batch: number): Iterable<NamedRow[]> | AsyncIterable<NamedRow[]>;
  /** The rows whose column is one of `values`, in the table's own order. */
  rowsWhere(table: LegacyTable, column: string, values: readonly string[]): Awaitable<LegacyRow[]>;
  close(): Promise<void>;
}

export const isPostgres = (source: string) => /^postgres(ql)?:\/\//i.test(source);

/** The name under which an old database is recorded: a file's real path, or an address without credentials. */
export function legacySourceName(source: string): string {
  if (!isPostgres(source)) return existsSync(source) ? realpathSync(source) : resolve(source);
  if (!URL.canParse(source)) return source;
  const address = new URL(source);
  address.username = address.password = address.search = '';
  return address.href;
}

/** A source that cannot be used. @param wrong what is told of the field that names it */
export const refusedSource = (message: string, wrong: string, cause?: unknown) =>
  new InvalidInput(message, [{ path: 'source', message: wrong }], 'invalid_input', { cause });

/** A name in SQL, as both databases take it. */
export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
