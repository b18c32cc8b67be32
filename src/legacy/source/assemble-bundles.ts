import { bundleKey, emptyBundle, sessionIdOf, type LegacyBundle } from './legacy-bundle.js';
import { relationKey, textOf, type LegacyRow } from './legacy-row.js';
import type { LegacyTable, LegacyTables, NamedRow } from './legacy-tables.js';

/** Rows by the value of one of their columns. */
function groupBy(rows: readonly LegacyRow[], column: string): Map<string, LegacyRow[]> {
  const groups = new Map<string, LegacyRow[]>();
  for (const row of rows) {
    const value = textOf(row, column);
    if (value === null) continue;
    const group = groups.get(value);
    if (group) group.push(row);
    else groups.set(value, [row]);
  }
  return groups;
}

const valuesOf = (rows: readonly LegacyRow[], column: string): string[] => [
  ...new Set(rows.map((row) => textOf(row, column)).filter((value) => value !== null)),
];

const distinct = (rows: readonly LegacyRow[], column: string): LegacyRow[] => {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const value = textOf(row, column);
    return value !== null && !seen.has(value) && seen.add(value);
  });
};

/** A relation found from both of its ends is one relation. */
function distinctRelations(rows: readonly LegacyRow[]): LegacyRow[] {
  return [...new Map(rows.map((row) => [relationKey(row), row])).values()];
}

/** What a bundle starts from, before its rows in other tables are looked up. */
export interface BundleSeed {
  bundle: LegacyBundle;
  /** Old artifacts that belong to it whatever points at them. */
  artifactIds?: readonly string[];
  /** Old runs that belong to it by id. */
  runIds?: readonly string[];
}

/** Completes bundles with the rows of all other tables: a fixed number of reads however many bundles there are. */
async function completeBundles(tables: LegacyTables, seeds: readonly BundleSeed[]): Promise<LegacyBundle[]> {
  const look = (table: LegacyTable, column: string, values: readonly string[]) =>
    tables.rowsWhere(table, column, values);
  const storyIds = seeds.flatMap(({ bundle }) =>
    bundle.kind === 'story' && bundle.id !== null ? [bundle.id] : [],
  );
  const sessionIds = seeds.flatMap(({ bundle }) => bundle.sessionId ?? []);
  const [sessions, segments, links, storyRuns, namedRuns] = await Promise.all([
    look('sessions', 'session_id', sessionIds),
    look('story_segments', 'session_id', sessionIds),
    look('story_artifact_links', 'story_id', storyIds),
    look('runs', 'story_id', storyIds),
    look(
      'runs',
      'run_id',
      seeds.flatMap(({ runIds }) => runIds ?? []),
    ),
  ]);
  const runIds = valuesOf([...storyRuns, ...namedRuns], 'run_id');
  const [steps, runLinks] = await Promise.all([
    look('agent_steps', 'run_id', runIds),
    look('run_artifact_links', 'run_id', runIds),
  ]);
  const named = [
    ...valuesOf([...links, ...runLinks], 'artifact_id'),
    ...seeds.flatMap(({ artifactIds }) => artifactIds ?? []),
  ];
  const [byId, byStep] = await Promise.all([
    look('artifacts', 'artifact_id', [...new Set(named)]),
    look('artifacts', 'created_by_step_id', valuesOf(steps, 'agent_step_id')),
  ]);
  const artifactIds = valuesOf([...byId, ...byStep], 'artifact_id');
  const [outgoing, incoming] = await Promise.all([
    look('artifact_relations', 'from_artifact_id', artifactIds),
    look('artifact_relations', 'to_artifact_id', artifactIds),
  ]);
  const found = {
    sessions: groupBy(sessions, 'session_id'),
    segments: groupBy(segments, 'session_id'),
    links: groupBy(links, 'story_id'),
    storyRuns: groupBy(storyRuns, 'story_id'),
    namedRuns: groupBy(namedRuns, 'run_id'),
    steps: groupBy(steps, 'run_id'),
    runLinks: groupBy(runLinks, 'run_id'),
    artifacts: groupBy(byId, 'artifact_id'),
    byStep: groupBy(byStep, 'created_by_step_id'),
    outgoing: groupBy(outgoing, 'from_artifact_id'),
    incoming: groupBy(incoming, 'to_artifact_id'),
  };
  return seeds.map((seed) => assemble(seed, found));
}

type Found = Record<
  | 'sessions'
  | 'segments'
  | 'links'
  | 'storyRuns'
  | 'namedRuns'
  | 'steps'
  | 'runLinks'
  | 'artifacts'
  | 'byStep'
  | 'outgoing'
  | 'incoming',
  Map<string, LegacyRow[]>
>;

function assemble({ bundle, artifactIds = [], runIds = [] }: BundleSeed, found: Found): LegacyBundle {
  const all = (groups: Map<string, LegacyRow[]>, keys: readonly string[]) =>
    keys.flatMap((key) => groups.get(key) ?? []);
  const storyKeys = bundle.kind === 'story' && bundle.id !== null ? [bundle.id] : [];
  const sessionKeys = bundle.sessionId === null ? [] : [bundle.sessionId];
  const links = all(found.links, storyKeys);
  const ownRuns = all(found.namedRuns, runIds).filter(
    (run) => (textOf(run, 'story_id') ?? bundle.id) === bundle.id || bundle.kind === 'run',
  );
  const runs = distinct([...all(found.storyRuns, storyKeys), ...ownRuns], 'run_id');
  const runKeys = valuesOf(runs, 'run_id');
  const steps = distinct(all(found.steps, runKeys), 'agent_step_id');
  const runLinks = all(found.runLinks, runKeys);
  const named = [...new Set([...valuesOf([...links, ...runLinks], 'artifact_id'), ...artifactIds])];
  const artifacts = distinct(
    [...all(found.artifacts, named), ...all(found.byStep, valuesOf(steps, 'agent_step_id'))],
    'artifact_id',
  );
  const ends = valuesOf(artifacts, 'artifact_id');
  return {
    ...bundle,
    session: all(found.sessions, sessionKeys)[0] ?? null,
    segments: all(found.segments, sessionKeys),
    links,
    runs,
    steps,
    runLinks,
    artifacts,
    relations: distinctRelations([...all(found.outgoing, ends), ...all(found.incoming, ends)]),
  };
}

function storySeed({ rowName, row }: NamedRow, source: string): BundleSeed {
  const id = textOf(row, 'story_id');
  const named = (columns: string[]) =>
    columns.map((column) => textOf(row, column)).filter((value) => value !== null);
  return {
    bundle: { ...emptyBundle('story', id, { rowName, source }), story: row, sessionId: sessionIdOf(row) },
    artifactIds: named(['cover_artifact_id', 'canonical_audio_id', 'canonical_video_id']),
    runIds: named(['current_run_id']),
  };
}

/** Every story of the old database with what belongs to it, `batch` at a time, in the order of the table. */
export async function* storyBundles(tables: LegacyTables, batch: number): AsyncGenerator<LegacyBundle[]> {
  for await (const rows of tables.scan('stories', batch)) {
    yield await completeBundles(
      tables,
      rows.map((named) => storySeed(named, tables.name)),
    );
  }
}

/** Which ids of old rows came with a story (or an earlier bundle), so that nothing is imported twice or left behind. */
export interface Belonging {
  has(key: string): boolean;
}

/**
 * What hangs on no story: sessions that were never saved as one (also those known only by their segments), runs
 * without a story, artifacts that nothing links. To be read after all stories, when `belonging` is complete.
 */
export async function* looseBundles(
  tables: LegacyTables,
  batch: number,
  belonging: Belonging,
): AsyncGenerator<LegacyBundle[]> {
  const kinds = [
    { kind: 'session', table: 'sessions', column: 'session_id' },
    { kind: 'session', table: 'story_segments', column: 'session_id' },
    { kind: 'run', table: 'runs', column: 'run_id' },
    { kind: 'artifact', table: 'artifacts', column: 'artifact_id' },
  ] as const;
  for (const { kind, table, column } of kinds) {
    for await (const rows of tables.scan(table, batch)) {
      const seen = new Set<string>();
      const seeds = rows.flatMap(({ rowName, row }): BundleSeed[] => {
        const bundle = emptyBundle(kind, textOf(row, column), { rowName, source: tables.name });
        const key = bundleKey(bundle);
        if (seen.has(key) || belonging.has(key)) return [];
        seen.add(key);
        if (bundle.id === null) return [{ bundle }];
        if (kind === 'session') return [{ bundle: { ...bundle, sessionId: bundle.id } }];
        return [kind === 'run' ? { bundle, runIds: [bundle.id] } : { bundle, artifactIds: [bundle.id] }];
      });
      if (seeds.length > 0) yield await completeBundles(tables, seeds);
    }
  }
}

/** The keys of everything in a bundle, to be noted for `Belonging`. */
export function keysWithin(bundle: LegacyBundle): string[] {
  const named = (kind: string, ids: readonly string[]) => ids.map((id) => `${kind}:${id}`);
  return [
    ...named('session', bundle.sessionId === null ? [] : [bundle.sessionId]),
    ...named('run', valuesOf(bundle.runs, 'run_id')),
    ...named('artifact', valuesOf(bundle.artifacts, 'artifact_id')),
  ];
}
