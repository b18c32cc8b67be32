import { createHash } from 'node:crypto';
import { emptyRow, textOf, type LegacyRow } from './legacy-row.js';
import type { NamedRow } from './legacy-tables.js';
import { jsonTree, objectOf, textMember } from './old-json.js';
import { readRow } from './old-rows.js';

/** What a unit of the import is about: a story with all that hangs on it, or something that hangs on no story. */
export const bundleKinds = ['story', 'session', 'run', 'artifact', 'relation'] as const;
export type BundleKind = (typeof bundleKinds)[number];

/** What a bundle is about. */
export interface BundleName {
  readonly kind: BundleKind;
  /** The old id of the story, session, run, artifact or relation; null when the row has none. */
  readonly id: string | null;
  /** Under which the import remembers it. */
  readonly key: string;
  /** The row's name in its table, for reports. */
  readonly rowName: string;
  /** The old database's name. */
  readonly source: string;
}

/** The order in which the digest takes them. */
const parts = ['segments', 'artifacts', 'links', 'runs', 'steps', 'runLinks', 'relations'] as const;
type Part = (typeof parts)[number];

/**
 * All old rows that are imported together, in one transaction. Parts that do not exist are empty. Of relations it has
 * those with at least one end among its artifacts; in a bundle of kind `relation`, it.
 */
export interface LegacyBundle extends BundleName, Readonly<Record<Part, readonly LegacyRow[]>> {
  /** Empty for a bundle of another kind. */
  readonly story: LegacyRow;
  readonly session: LegacyRow | null;
  readonly sessionId: string | null;
}

/**
 * The bundle that a row of its own table begins, or for a session one of its segments; what else belongs to it is looked
 * up. A row without an id is remembered by its place in its database.
 */
export function bundleOf(kind: BundleKind, { row, rowName }: NamedRow, source: string): LegacyBundle {
  const id = textOf(row, `${kind}_id`);
  return {
    kind,
    id,
    key: id === null ? `${kind} row ${rowName} of ${source}` : `${kind}:${id}`,
    rowName,
    source,
    ...(Object.fromEntries(parts.map((part) => [part, []])) as Record<Part, never[]>),
    ...(kind === 'relation' ? { relations: [row] } : {}),
    story: kind === 'story' ? row : emptyRow,
    session: null,
    sessionId: kind === 'story' ? sessionIdOf(row) : kind === 'session' ? id : null,
  };
}

/** A bundle with each of its rows read for what it means. */
export type OldBundle = ReturnType<typeof readBundle>;

export function readBundle(bundle: LegacyBundle) {
  return {
    ...bundle,
    story: readRow.story(bundle.story),
    session: bundle.session && readRow.session(bundle.session),
    segments: bundle.segments.map(readRow.segments),
    artifacts: bundle.artifacts.map(readRow.artifacts),
    links: bundle.links.map(readRow.links),
    runs: bundle.runs.map(readRow.runs),
    steps: bundle.steps.map(readRow.steps),
    runLinks: bundle.runLinks.map(readRow.runLinks),
    relations: bundle.relations.map(readRow.relations),
  };
}

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
  const { session } = bundle;
  const all = [session ? [session] : [], ...parts.map((part) => bundle[part])];
  for (const rows of all) hash.update(`\n${rows.length}\n`).update(rows.map(rowText).join('\n'));
  return hash.digest('hex');
}

/** The interactive session that a story was made in, wherever the old system's versions wrote it down. */
function sessionIdOf(story: LegacyRow): string | null {
  const analysis = textOf(story, 'analysis');
  const named = analysis?.includes('session_id')
    ? textMember(objectOf(jsonTree(analysis)), 'session_id')
    : null;
  return textOf(story, 'session_id') ?? named;
}
