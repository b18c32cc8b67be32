import { createHash } from 'node:crypto';
import { json, type Json } from '../../model/json.js';
import { emptyRow, textOf, type LegacyRow } from './legacy-row.js';

/** What a unit of the import is about: a story with all that hangs on it, or something that hangs on no story. */
export const bundleKinds = ['story', 'session', 'run', 'artifact', 'relation'] as const;
export type BundleKind = (typeof bundleKinds)[number];

/** All old rows that are imported together, in one transaction. Parts that do not exist are empty. */
export interface LegacyBundle {
  readonly kind: BundleKind;
  /** The old id of the story, session, run, artifact or relation; null when the row has none. */
  readonly id: string | null;
  /** The row's name in its table, for reports. */
  readonly rowName: string;
  /** The old database's name. */
  readonly source: string;
  /** The story's row; empty for another kind. */
  readonly story: LegacyRow;
  readonly sessionId: string | null;
  readonly session: LegacyRow | null;
  readonly segments: readonly LegacyRow[];
  readonly artifacts: readonly LegacyRow[];
  readonly links: readonly LegacyRow[];
  readonly runs: readonly LegacyRow[];
  readonly steps: readonly LegacyRow[];
  readonly runLinks: readonly LegacyRow[];
  /** Those with at least one end among `artifacts`; the one that a bundle of kind `relation` is about. */
  readonly relations: readonly LegacyRow[];
}

export function emptyBundle(
  kind: BundleKind,
  id: string | null,
  { rowName, source }: { rowName: string; source: string },
): LegacyBundle {
  return {
    kind,
    id,
    rowName,
    source,
    story: emptyRow,
    sessionId: null,
    session: null,
    segments: [],
    artifacts: [],
    links: [],
    runs: [],
    steps: [],
    runLinks: [],
    relations: [],
  };
}

/** The name under which the import remembers a bundle; a row without an id goes by its place in its database. */
export function bundleKey({ kind, id, rowName, source }: LegacyBundle): string {
  return id === null ? `${kind} row ${rowName} of ${source}` : `${kind}:${id}`;
}

/** The ids of the stories among these. */
export const storyIdsOf = (bundles: readonly Pick<LegacyBundle, 'kind' | 'id'>[]): string[] =>
  bundles.flatMap(({ kind, id }) => (kind === 'story' && id !== null ? [id] : []));

/** Values as text, since PostgreSQL gives numbers as text and SQLite as numbers. Columns come in alphabetical order. */
function rowText({ values }: LegacyRow): string {
  let text = '';
  for (const column in values) {
    const value = values[column];
    if (value !== null && value !== undefined) text += `${column}=${String(value).length}:${value};`;
  }
  return text;
}

/**
 * SHA-256 over every value of every row of the bundle: equal as long as nothing of it changed in the old database,
 * whether that is SQLite or PostgreSQL.
 */
export function bundleDigest(bundle: LegacyBundle): string {
  const hash = createHash('sha256').update(rowText(bundle.story));
  const { session, segments, artifacts, links, runs, steps, runLinks, relations } = bundle;
  for (const rows of [
    session ? [session] : [],
    segments,
    artifacts,
    links,
    runs,
    steps,
    runLinks,
    relations,
  ]) {
    hash.update(`\n${rows.length}\n`).update(rows.map(rowText).join('\n'));
  }
  return hash.digest('hex');
}

type JsonColumn = Record<string, Json> | Json[] | null | 'broken';
/** A story's analysis is asked for many times while the story is planned. */
const parsedColumns = new WeakMap<LegacyRow, Map<string, JsonColumn>>();

/** The JSON in a column: null when there is none, 'broken' when it is no JSON or only a bare word or number. */
export function jsonColumn(row: LegacyRow, column: string): JsonColumn {
  let parsed = parsedColumns.get(row);
  if (!parsed) parsedColumns.set(row, (parsed = new Map<string, JsonColumn>()));
  let value = parsed.get(column);
  if (value === undefined) parsed.set(column, (value = parseColumn(row, column)));
  return value;
}

const arrayOrObject = json.refine((value) => typeof value === 'object' && value !== null);

function parseColumn(row: LegacyRow, column: string): JsonColumn {
  const text = textOf(row, column);
  if (text === null) return null;
  try {
    const value = arrayOrObject.safeParse(JSON.parse(text)).data;
    return typeof value === 'object' && value !== null ? value : 'broken';
  } catch {
    // Broken JSON is an ordinary value of an old row; whoever asks reports it.
    return 'broken';
  }
}

/** The column's JSON object, empty when there is none or it is broken. */
export function jsonColumnOrEmpty(row: LegacyRow, column: string): Record<string, Json> {
  const value = jsonColumn(row, column);
  return value === null || value === 'broken' || Array.isArray(value) ? {} : value;
}

/** A string member of a JSON object, or null when it is absent, blank or no string. */
export function textMember(object: Record<string, Json>, name: string): string | null {
  const value = Object.hasOwn(object, name) ? object[name] : null;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** The interactive session that a story was made in, wherever the old system's versions wrote it down. */
export function sessionIdOf(story: LegacyRow): string | null {
  return textOf(story, 'session_id') ?? textMember(jsonColumnOrEmpty(story, 'analysis'), 'session_id');
}
