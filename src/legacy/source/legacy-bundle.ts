import { createHash } from 'node:crypto';
import { emptyRow, textOf, type LegacyRow } from './legacy-row.js';
import { jsonTree, objectOf, textMember } from './old-json.js';
import { readRow, type OldRow } from './old-rows.js';

/** What a unit of the import is about: a story with all that hangs on it, or something that hangs on no story. */
export const bundleKinds = ['story', 'session', 'run', 'artifact', 'relation'] as const;
export type BundleKind = (typeof bundleKinds)[number];

/** What a bundle is about. */
export interface BundleName {
  readonly kind: BundleKind;
  /** The old id of the story, session, run, artifact or relation; null when the row has none. */
  readonly id: string | null;
  /** The row's name in its table, for reports. */
  readonly rowName: string;
  /** The old database's name. */
  readonly source: string;
}

/** All old rows that are imported together, in one transaction. Parts that do not exist are empty. */
export interface LegacyBundle extends BundleName {
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
export function bundleKey({ kind, id, rowName, source }: BundleName): string {
  return id === null ? `${kind} row ${rowName} of ${source}` : `${kind}:${id}`;
}

/** The ids of the stories among these. */
export const storyIdsOf = (bundles: readonly BundleName[]): string[] =>
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
  const all = [session ? [session] : [], segments, artifacts, links, runs, steps, runLinks, relations];
  for (const rows of all) hash.update(`\n${rows.length}\n`).update(rows.map(rowText).join('\n'));
  return hash.digest('hex');
}

/** The interactive session that a story was made in, wherever the old system's versions wrote it down. */
export function sessionIdOf(story: LegacyRow): string | null {
  const analysis = textOf(story, 'analysis');
  const named = analysis?.includes('session_id')
    ? textMember(objectOf(jsonTree(analysis)), 'session_id')
    : null;
  return textOf(story, 'session_id') ?? named;
}

/** A bundle with each of its rows read for what it means. */
export interface OldBundle extends BundleName {
  readonly sessionId: string | null;
  readonly story: OldRow<'story'>;
  readonly session: OldRow<'session'> | null;
  readonly segments: readonly OldRow<'segment'>[];
  readonly artifacts: readonly OldRow<'artifact'>[];
  readonly links: readonly OldRow<'link'>[];
  readonly runs: readonly OldRow<'run'>[];
  readonly steps: readonly OldRow<'step'>[];
  readonly runLinks: readonly OldRow<'runLink'>[];
  readonly relations: readonly OldRow<'relation'>[];
}

export function readBundle(bundle: LegacyBundle): OldBundle {
  return {
    ...bundle,
    story: readRow.story(bundle.story),
    session: bundle.session && readRow.session(bundle.session),
    segments: bundle.segments.map(readRow.segment),
    artifacts: bundle.artifacts.map(readRow.artifact),
    links: bundle.links.map(readRow.link),
    runs: bundle.runs.map(readRow.run),
    steps: bundle.steps.map(readRow.step),
    runLinks: bundle.runLinks.map(readRow.runLink),
    relations: bundle.relations.map(readRow.relation),
  };
}
