import { setImmediate as nextTurn } from 'node:timers/promises';
import { emptyBundle, sessionIdOf, type LegacyBundle } from './legacy-bundle.js';
import { firstOfEach, relationKey, textOf, type LegacyRow } from './legacy-row.js';
import type { LegacyTable, LegacyTables, NamedRow } from './legacy-tables.js';

/** The rows whose column is one of the values, each once. */
type Look = (table: LegacyTable, column: string, values: readonly (string | null)[]) => Promise<LegacyRow[]>;

/** What is asked of one column in one turn of the event loop is read together, however many bundles ask. */
function lookTogether(tables: LegacyTables): Look {
  const asked = new Map<string, { wanted: Set<string>; rows: Promise<Map<string | null, LegacyRow[]>> }>();
  return async (table, column, values) => {
    const name = `${table} ${column}`;
    let question = asked.get(name);
    if (!question) {
      const wanted = new Set<string>();
      const read = async () => {
        await nextTurn();
        asked.delete(name);
        const rows = new Map<string | null, LegacyRow[]>();
        for (const row of await tables.rowsWhere(table, column, [...wanted])) {
          const group = rows.get(textOf(row, column));
          if (group) group.push(row);
          else rows.set(textOf(row, column), [row]);
        }
        return rows;
      };
      asked.set(name, (question = { wanted, rows: read() }));
    }
    const distinct = [...new Set(values)].filter((value) => value !== null);
    for (const value of distinct) question.wanted.add(value);
    const rows = await question.rows;
    return distinct.flatMap((value) => rows.get(value) ?? []);
  };
}

const valuesOf = (rows: readonly LegacyRow[], column: string) => rows.map((row) => textOf(row, column));

const distinct = (rows: readonly LegacyRow[], column: string) =>
  firstOfEach(rows, (row) => textOf(row, column));

/** What a bundle starts from, before its rows in other tables are looked up. */
interface BundleSeed {
  bundle: LegacyBundle;
  /** Old artifacts and runs that belong to it whatever points at them. */
  artifactIds?: readonly (string | null)[];
  runIds?: readonly (string | null)[];
}

async function complete(
  { bundle, artifactIds = [], runIds = [] }: BundleSeed,
  look: Look,
): Promise<LegacyBundle> {
  const { kind, id, sessionId } = bundle;
  const storyIds = kind === 'story' ? [id] : [];
  const [sessions, segments, links, storyRuns, namedRuns] = await Promise.all([
    look('sessions', 'session_id', [sessionId]),
    look('story_segments', 'session_id', [sessionId]),
    look('story_artifact_links', 'story_id', storyIds),
    look('runs', 'story_id', storyIds),
    look('runs', 'run_id', runIds),
  ]);
  const ownRuns = namedRuns.filter((run) => kind === 'run' || (textOf(run, 'story_id') ?? id) === id);
  const runs = distinct([...storyRuns, ...ownRuns], 'run_id');
  const [allSteps, runLinks] = await Promise.all([
    look('agent_steps', 'run_id', valuesOf(runs, 'run_id')),
    look('run_artifact_links', 'run_id', valuesOf(runs, 'run_id')),
  ]);
  const steps = distinct(allSteps, 'agent_step_id');
  const [named, made] = await Promise.all([
    look('artifacts', 'artifact_id', [...valuesOf([...links, ...runLinks], 'artifact_id'), ...artifactIds]),
    look('artifacts', 'created_by_step_id', valuesOf(steps, 'agent_step_id')),
  ]);
  const artifacts = distinct([...named, ...made], 'artifact_id');
  const [outgoing, incoming] = await Promise.all([
    look('artifact_relations', 'from_artifact_id', valuesOf(artifacts, 'artifact_id')),
    look('artifact_relations', 'to_artifact_id', valuesOf(artifacts, 'artifact_id')),
  ]);
  // A relation found from both of its ends is one relation.
  const relations = firstOfEach([...outgoing, ...incoming], relationKey);
  const session = sessions[0] ?? null;
  return { ...bundle, session, segments, links, runs, steps, runLinks, artifacts, relations };
}

/** Completes bundles with the rows of all other tables: a fixed number of reads however many bundles there are. */
function completeAll(tables: LegacyTables, seeds: readonly BundleSeed[]): Promise<LegacyBundle[]> {
  const look = lookTogether(tables);
  return Promise.all(seeds.map((seed) => complete(seed, look)));
}

function storySeed({ rowName, row }: NamedRow, source: string): BundleSeed {
  const bundle = emptyBundle('story', textOf(row, 'story_id'), { rowName, source });
  return {
    bundle: { ...bundle, story: row, sessionId: sessionIdOf(row) },
    artifactIds: ['cover_artifact_id', 'canonical_audio_id', 'canonical_video_id'].map((column) =>
      textOf(row, column),
    ),
    runIds: [textOf(row, 'current_run_id')],
  };
}

/** Every story of the old database with what belongs to it, `batch` at a time, in the order of the table. */
export async function* storyBundles(tables: LegacyTables, batch: number): AsyncGenerator<LegacyBundle[]> {
  for await (const rows of tables.scan('stories', batch))
    yield await completeAll(
      tables,
      rows.map((named) => storySeed(named, tables.name)),
    );
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
      const bundles = rows.map(({ rowName, row }) =>
        emptyBundle(kind, textOf(row, column), { rowName, source: tables.name }),
      );
      const seeds = firstOfEach(bundles, ({ key }) => key)
        .filter((bundle) => !belonging.has(bundle.key))
        .map((bundle) => ({
          bundle: kind === 'session' ? { ...bundle, sessionId: bundle.id } : bundle,
          runIds: kind === 'run' ? [bundle.id] : [],
          artifactIds: kind === 'artifact' ? [bundle.id] : [],
        }));
      if (seeds.length > 0) yield await completeAll(tables, seeds);
    }
  }
}

/** Relations that no bundle has both ends of, each a bundle of its own. To be read when all others are imported. */
export async function* relationBundles(
  tables: LegacyTables,
  batch: number,
  belonging: Belonging,
): AsyncGenerator<LegacyBundle[]> {
  for await (const rows of tables.scan('artifact_relations', batch)) {
    const loose = rows.filter(({ row }) => !belonging.has(relationKey(row)));
    if (loose.length === 0) continue;
    yield loose.map(({ row, rowName }) => ({
      ...emptyBundle('relation', textOf(row, 'relation_id'), { rowName, source: tables.name }),
      relations: [row],
    }));
  }
}
