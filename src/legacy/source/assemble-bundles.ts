import { setImmediate as nextTurn } from 'node:timers/promises';
import { bundleOf, type LegacyBundle } from './legacy-bundle.js';
import { firstOfEach, relationKey, textOf, type LegacyRow } from './legacy-row.js';
import type { LegacyTable, LegacyTables } from './legacy-tables.js';

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

/** The bundle with its rows of all tables. A run of another story is not its own, whatever names it. */
async function complete(bundle: LegacyBundle, look: Look): Promise<LegacyBundle> {
  const { kind, id, sessionId, story } = bundle;
  const storyIds = kind === 'story' ? [id] : [];
  const runIds = [kind === 'run' ? id : textOf(story, 'current_run_id')];
  const artifactIds = kind === 'artifact' ? [id] : artifactColumns.map((column) => textOf(story, column));
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

/** Where a story's own row names old artifacts. */
const artifactColumns = ['cover_artifact_id', 'canonical_audio_id', 'canonical_video_id'];

/** Completes bundles with the rows of all other tables: a fixed number of reads however many bundles there are. */
function completeAll(tables: LegacyTables, bundles: readonly LegacyBundle[]): Promise<LegacyBundle[]> {
  const look = lookTogether(tables);
  return Promise.all(bundles.map((bundle) => complete(bundle, look)));
}

/** Every story of the old database with what belongs to it, `batch` at a time, in the order of the table. */
export async function* storyBundles(tables: LegacyTables, batch: number): AsyncGenerator<LegacyBundle[]> {
  for await (const rows of tables.scan('stories', batch))
    yield await completeAll(
      tables,
      rows.map((row) => bundleOf('story', row, tables.name)),
    );
}

/** Which ids of old rows came with a story (or an earlier bundle), so that nothing is imported twice or left behind. */
export type Belonging = Pick<ReadonlySet<string>, 'has'>;

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
    { kind: 'session', table: 'sessions' },
    { kind: 'session', table: 'story_segments' },
    { kind: 'run', table: 'runs' },
    { kind: 'artifact', table: 'artifacts' },
  ] as const;
  for (const { kind, table } of kinds) {
    for await (const rows of tables.scan(table, batch)) {
      const all = rows.map((row) => bundleOf(kind, row, tables.name));
      const loose = firstOfEach(all, ({ key }) => key).filter(({ key }) => !belonging.has(key));
      if (loose.length > 0) yield await completeAll(tables, loose);
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
    if (loose.length > 0) yield loose.map((row) => bundleOf('relation', row, tables.name));
  }
}
