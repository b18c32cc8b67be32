import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerArtifact } from '../../src/artifacts/register-artifact.js';
import { getPrimaryArtifact } from '../../src/stories/get-primary-artifact.js';
import { registerStory } from '../../src/stories/register-story.js';
import { linkArtifact } from '../../src/stories/link-artifact.js';
import { importLegacy } from '../../src/legacy/import-legacy.js';
import type { ImportOptions } from '../../src/legacy/import-legacy.js';
import { importReport } from '../../src/legacy/import-report.js';
import { JsonReport } from '../../src/cli/write-report.js';
import { findLegacyMedia } from '../../src/legacy/legacy-media.js';
import { legacyStatus } from '../../src/legacy/legacy-status.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { rollbackLegacy } from '../../src/legacy/rollback-legacy.js';
import { validateLegacy, type LegacyFinding } from '../../src/legacy/validate-legacy.js';
import { openTestContext, typeStatement, type TestContext } from '../support/graph.js';
import { readStoryGraphs } from './story-graph.js';
import { digestOf, fillWorkshop, png, wav, Workshop } from './workshop.js';

let test_: TestContext;
beforeAll(async () => {
  test_ = await openTestContext();
});
afterAll(() => test_.close());

async function runImport(workshop: Workshop, options: ImportOptions = {}) {
  const tables = await openLegacyTables(workshop.database);
  const lines: string[] = [];
  const written = new JsonReport({ write: (line) => void lines.push(line) });
  try {
    const summary = await importLegacy(test_.ctx, tables, {
      batch: 20,
      ...options,
      onReport: (report) => written.add(report),
    });
    await written.end(summary);
    const report = importReport.parse(JSON.parse(lines.join('\n')));
    const stories = new Map(report.stories.map((story) => [`${story.story_id} ${story.outcome}`, story]));
    return { summary, stories, others: report.others_list };
  } finally {
    await tables.close();
  }
}

async function validate(workshop: Workshop) {
  const tables = await openLegacyTables(workshop.database);
  const findings: LegacyFinding[] = [];
  try {
    const summary = await validateLegacy(test_.ctx, tables, {
      onFinding: (finding) => void findings.push(finding),
    });
    return { summary, findings };
  } finally {
    await tables.close();
  }
}

const rollback = (workshop: Workshop) => rollbackLegacy(test_.ctx, workshop.database);

/** Every stored object that holds these bytes somewhere. */
function objectsWith(bytes: Buffer): string[] {
  const root = test_.ctx.content.scratchDir;
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(bytes));
}

describe('an old database with rows of every kind', () => {
  const workshop = new Workshop();
  const kinds = fillWorkshop(workshop, 120);
  const [unsaved, nowhere] = [randomUUID(), randomUUID()];
  const first = (kind: string) => kinds.get(kind)?.[0] ?? '';
  let imported: Awaited<ReturnType<typeof runImport>>;
  let predicted: Awaited<ReturnType<typeof runImport>>;
  beforeAll(async () => {
    workshop.add('stories', { story_id: null, story_text: 'nobody knows my name' });
    workshop.add('stories', { story_id: kinds.get('usual')?.at(-1) ?? '', story_text: 'the same id again' });
    workshop.add('sessions', {
      session_id: unsaved,
      story_title: 'Unfinished',
      status: 'active',
      created_at: '2025-09-01T08:00:00',
    });
    workshop.add('story_segments', { session_id: unsaved, segment_id: 0, text: 'It began' });
    workshop.add('story_segments', {
      session_id: nowhere,
      segment_id: 0,
      text: 'A segment without a session',
    });
    predicted = await runImport(workshop, { dryRun: true });
    imported = await runImport(workshop);
  });
  afterAll(() => workshop.close());

  test('is accounted for row by row', () => {
    const { summary, stories, others } = imported;
    expect(summary).toMatchObject({ total: 122, imported: 120, skipped: 1, failed: 1 });
    expect(stories.get('row 121 failed')).toMatchObject({
      outcome: 'failed',
      reason: 'row 121 has no story id',
    });
    expect(others.map(({ kind, id, outcome }) => [kind, id, outcome])).toEqual([
      ['session', unsaved, 'imported'],
      ['session', nowhere, 'imported'],
    ]);
  });

  test('makes exactly what the dry run said, which made nothing', () => {
    const { seconds: _, dry_run: __, ...said } = predicted.summary;
    expect(imported.summary).toMatchObject(said);
    expect([...predicted.stories.values()].map(({ files }) => files)).toEqual(
      [...imported.stories.values()].map(({ files }) => files),
    );
  });

  test('tells what became of each file', () => {
    const outcome = (kind: string) =>
      imported.stories.get(`${first(kind)} imported`)?.files.map((file) => file.outcome);
    expect(outcome('usual')).toEqual(['stored', 'stored']);
    expect(outcome('remote')).toEqual(['remote', 'remote']);
    expect(outcome('missing')).toEqual(['missing', 'stored']);
    expect(outcome('empty')).toEqual(['empty', 'stored']);
    expect(outcome('traversal')).toEqual(['escapes', 'escapes', 'stored']);
    expect(outcome('symlink')).toEqual(['escapes', 'stored']);
    expect(outcome('folder')).toEqual(['not_a_file', 'stored']);
    expect(outcome('textAsCover')).toEqual(['contradictory', 'stored']);
  });

  test('puts no byte from outside the media root into the store', () => {
    expect(objectsWith(workshop.secret)).toEqual([]);
  });

  test('leaves one audit event for each row that was imported, whoever belongs to it', async () => {
    const ids = [...kinds.values()].flat();
    const events = await typeStatement(
      test_,
      `MATCH (e:AuditEvent) WHERE e.action = 'legacy.imported' AND e.nodeId IN $ids
       RETURN e.nodeId AS id, e.nodeLabel AS label, e.actor AS actor, e.before AS before, e.after AS after`,
      { ids },
    );
    expect(events.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const event of events)
      expect(event).toMatchObject({ label: 'Story', actor: 'test', before: null, after: null });
    const ofParts = await typeStatement(
      test_,
      `MATCH (s:Story {id: $id})-[:LINKED_AS]->(a) MATCH (e:AuditEvent {nodeId: a.id}) RETURN e.action AS action`,
      { id: first('usual') },
    );
    expect(ofParts).toEqual([]);
    const ofSession = await typeStatement(
      test_,
      `MATCH (e:AuditEvent {action: 'legacy.imported', nodeLabel: 'Run'}) MATCH (r:Run {id: e.nodeId, sessionId: $id})
       RETURN count(e) AS events`,
      { id: unsaved },
    );
    expect(ofSession).toEqual([{ events: 1 }]);
  });

  test('gives no role to a file of another kind', async () => {
    const storyId = first('textAsCover');
    await expect(getPrimaryArtifact(test_.ctx, { storyId, role: 'cover' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(imported.stories.get(`${storyId} imported`)?.problems?.join()).toContain(
      'is not given the role cover, which takes image: it is text',
    );
    const kept = await typeStatement(
      test_,
      `MATCH (s:Story {id: $storyId})<-[:RUN_OF]-()<-[:STEP_OF]-()<-[:CREATED_BY]-(a {description: 'Cover'})
       RETURN a.type AS type, a.mimeType AS mimeType`,
      { storyId },
    );
    expect(kept).toEqual([{ type: 'text', mimeType: 'text/plain' }]);
  });

  test('changes nothing when it is imported again', async () => {
    const ids = [...kinds.values()].flat();
    const before = await readStoryGraphs(test_, ids);
    const again = await runImport(workshop);
    expect(again.summary).toMatchObject({
      total: 122,
      imported: 0,
      skipped: 121,
      failed: 1,
      artifacts: 0,
      links: 0,
      contents: 0,
      relations: 0,
      runs: 0,
    });
    expect(await readStoryGraphs(test_, ids)).toEqual(before);
  });

  test('keeps cover, narration and text with their bytes, roles, times and lineage', async () => {
    const storyId = first('usual');
    const name = 'usual-0';
    const cover = await getPrimaryArtifact(test_.ctx, { storyId, role: 'cover' });
    const audio = await getPrimaryArtifact(test_.ctx, { storyId, role: 'final_audio' });
    const text = await getPrimaryArtifact(test_.ctx, { storyId, role: 'story_text' });
    expect(cover).toMatchObject({
      contentHash: digestOf(png(name)),
      mimeType: 'image/png',
      metadata: { width: 4, height: 3 },
      lifecycleState: 'published',
    });
    expect(audio).toMatchObject({
      contentHash: digestOf(wav(name)),
      mimeType: 'audio/wav',
      metadata: { duration: 1 },
      generation: 1,
    });
    expect(text).toMatchObject({
      payload: `Once upon a time there was ${storyId}.`,
      createdAt: Date.parse('2025-09-01T08:00:00.123Z'),
    });
    const rows = await typeStatement(
      test_,
      'MATCH (:Artifact {id: $id})-[:DERIVED_FROM]->(t), (t)-[:CREATED_BY]->(s) RETURN t.id AS id, s.name AS step',
      { id: audio.id },
    );
    expect(rows).toEqual([{ id: text.id, step: 'import' }]);
  });

  test('keeps the ids, states and relations of artifacts that were recorded before, but for the one that closes a cycle', async () => {
    const storyId = first('already');
    const cover = await getPrimaryArtifact(test_.ctx, { storyId, role: 'cover' });
    expect(cover.createdByStepId).not.toBeNull();
    const rows = await typeStatement(
      test_,
      `MATCH (s:Story {id: $storyId})-[:LINKED_AS {role: 'cover'}]->(a)<-[e]-(take:Artifact)
       RETURN count(a) AS covers, type(e) AS type, take.lifecycleState AS state, take.payload AS payload`,
      { storyId },
    );
    expect(rows).toEqual([{ covers: 1, type: 'VARIANT_OF', state: 'archived', payload: '{"a":1}' }]);
    expect(imported.stories.get(`${storyId} imported`)?.problems?.join()).toContain('it would close a cycle');
  });

  test('keeps an interactive story as a run of its session, segments in order', async () => {
    const rows = await typeStatement(
      test_,
      `MATCH (s:Story {id: $storyId})-[:CURRENT_RUN]->(r) MATCH (s)-[l:LINKED_AS {role: 'final_audio'}]->(a)-[:DERIVED_FROM]->(t)
       RETURN s.title AS title, r.workflowType AS workflow, l.position AS position, l.isPrimary AS isPrimary, t.payload AS text ORDER BY position`,
      { storyId: first('interactive') },
    );
    expect(rows.map(({ position, isPrimary }) => [position, isPrimary])).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(rows[0]).toMatchObject({ title: 'The cave', workflow: 'interactive_story' });
    expect(rows.map(({ text }) => String(text).slice(0, 6))).toEqual(['Part 0', 'Part 1']);
  });

  test('shares the bytes of equal files and never the artifact', async () => {
    const rows = await typeStatement(
      test_,
      'MATCH (c:Content {sha256: $digest})<-[:HAS_CONTENT]-(a) RETURN count(a) AS artifacts',
      { digest: digestOf(png(`same ${workshop.folder}`)) },
    );
    expect(rows).toEqual([{ artifacts: kinds.get('sameCover')?.length }]);
  });

  test('is found as it was by validate, until a row or a file changes', async () => {
    const clean = await validate(workshop);
    expect(clean.findings.map(({ finding, detail }) => `${finding}: ${detail.slice(0, 30)}`)).toEqual([
      'failed: row 121 has no story id',
      'not_imported: another row of the same id was',
    ]);
    const changed = kinds.get('usual')?.[1] ?? '';
    workshop.run(`UPDATE stories SET moral = 'Be bold' WHERE story_id = '${changed}'`);
    const found = await validate(workshop);
    const changes = found.findings.filter(({ finding }) => finding === 'changed');
    expect(changes.map(({ story_id }) => story_id)).toEqual([changed]);
    expect(changes[0]?.detail).toContain("the story's moral");
    const cover = workshop.put('uploads/usual-0.png', png('another picture'));
    const afterwards = await validate(workshop);
    expect(afterwards.findings.map(({ story_id, detail }) => [story_id, detail]).join()).toContain(
      `${first('usual')},the contentHash`,
    );
    writeFileSync(cover, png('usual-0'));
    workshop.run(`UPDATE stories SET moral = NULL WHERE story_id = '${changed}'`);
  });

  test('answers for the media of a story, imported or not', async () => {
    const tables = await openLegacyTables(workshop.database);
    const later = workshop.usual('later');
    const url = (id: string) => `/content/${id}`;
    const cover = await getPrimaryArtifact(test_.ctx, { storyId: first('usual'), role: 'cover' });
    expect(await findLegacyMedia(test_.ctx, tables, first('usual'), url)).toMatchObject({
      imageUrl: `/content/${cover.id}`,
      origin: 'artifact',
    });
    const story = await registerStory(test_.ctx, {});
    for (const facts of [
      { path: 'audio/one.mp3' },
      { path: 'audio/two.mp3', url: 'https://cdn.example/two.mp3' },
      { path: 'audio/three.mp3', url: '/data/audio/three.mp3' },
    ]) {
      const audio = await registerArtifact(test_.ctx, { type: 'audio', ...facts });
      await linkArtifact(test_.ctx, { storyId: story.id, artifactId: audio.id, role: 'final_audio' });
      expect(await findLegacyMedia(test_.ctx, tables, story.id, url)).toMatchObject({
        audioUrl: facts.url ?? facts.path,
        origin: 'artifact',
      });
    }
    expect(await findLegacyMedia(test_.ctx, tables, later, url)).toEqual({
      audioUrl: '/data/audio/later.wav',
      imageUrl: '/data/uploads/later.png',
      imagePath: join(workshop.media, 'uploads/later.png'),
      origin: 'legacy',
    });
    await expect(findLegacyMedia(test_.ctx, tables, 'unknown', url)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await legacyStatus(test_.ctx, tables)).toMatchObject({
      total: 123,
      imported: 121,
      failed: 1,
      pending: 1,
      percent: 98,
    });
    const again = await runImport(workshop);
    expect(again.summary).toMatchObject({ imported: 1 });
    await tables.close();
  });
});

test('a file that was missing is taken in by --retry-failed', async () => {
  const workshop = new Workshop();
  const storyId = workshop.usual('late', {
    image_path: join(workshop.media, 'uploads/late-cover.png'),
    image_url: null,
  });
  await runImport(workshop);
  workshop.put('uploads/late-cover.png', png('late cover'));
  expect((await runImport(workshop)).summary).toMatchObject({ imported: 0, skipped: 1 });
  expect((await runImport(workshop, { retryFailed: true })).summary).toMatchObject({
    imported: 1,
    artifacts: 1,
    links: 1,
  });
  expect((await getPrimaryArtifact(test_.ctx, { storyId, role: 'cover' })).contentHash).toBe(
    digestOf(png('late cover')),
  );
  expect((await validate(workshop)).findings).toEqual([]);
  expect((await rollback(workshop)).artifacts).toBe(3);
  workshop.close();
});

test('relations between artifacts of different stories are kept; those to nothing are told', async () => {
  const workshop = new Workshop();
  const [a, b] = [workshop.usual('one', {}), workshop.usual('two', {})];
  const ids = [a, b].map((story) => {
    workshop.add('artifacts', {
      artifact_id: `art-${story}`,
      artifact_type: 'image',
      lifecycle_state: 'published',
      created_at: '2025-09-01',
    });
    workshop.add('story_artifact_links', {
      link_id: `link-${story}`,
      story_id: story,
      artifact_id: `art-${story}`,
      role: 'scene_image',
      is_primary: 0,
    });
    return `art-${story}`;
  });
  const relate = (name: string, from: string, to: string) =>
    workshop.add('artifact_relations', {
      relation_id: `${name}-${a}`,
      from_artifact_id: from,
      to_artifact_id: to,
      relation_type: 'derived_from',
    });
  relate('good', ids[0] ?? '', ids[1] ?? '');
  relate('cycle', ids[1] ?? '', ids[0] ?? '');
  relate('dangling', ids[0] ?? '', 'nothing');
  const { others, summary } = await runImport(workshop);
  expect(others.map(({ id, outcome }) => [id.split('-')[0], outcome])).toEqual([
    ['good', 'imported'],
    ['cycle', 'failed'],
    ['dangling', 'failed'],
  ]);
  expect(summary.relations).toBe(3);
  const rows = await typeStatement(
    test_,
    'MATCH (p:Artifact {id: $id})-[r:DERIVED_FROM]->(s) RETURN r.id AS id, p.generation AS generation',
    { id: ids[1] },
  );
  expect(rows).toEqual([{ id: `good-${a}`, generation: 1 }]);
  await rollback(workshop);
  workshop.close();
});

describe('rollback', () => {
  test('removes what the import made, and nothing else', async () => {
    const workshop = new Workshop();
    const kinds = fillWorkshop(workshop, 60);
    const ids = [...kinds.values()].flat();
    const mine = await registerStory(test_.ctx, { title: 'mine' });
    const cover = await registerArtifact(test_.ctx, { type: 'image', payload: 'mine' });
    await linkArtifact(test_.ctx, { storyId: mine.id, artifactId: cover.id, role: 'cover' });
    const [before] = await readStoryGraphs(test_, [mine.id]);
    const made = await runImport(workshop);
    const report = await rollback(workshop);
    expect(report).toMatchObject({
      stories: 60,
      artifacts: made.summary.artifacts,
      runs: made.summary.runs,
      kept: [],
    });
    expect(await readStoryGraphs(test_, [...ids, mine.id])).toEqual([before]);
    expect(
      await typeStatement(test_, 'MATCH (i:LegacyImport {source: $source}) RETURN i', {
        source: workshop.database,
      }),
    ).toEqual([]);
    expect(
      await typeStatement(
        test_,
        'MATCH (g:MaintenanceGrant) WHERE g.after CONTAINS $key RETURN g.actor AS actor',
        { key: `story:${ids[0]}` },
      ),
    ).toEqual([{ actor: 'test' }]);
    workshop.close();
  });

  test('keeps what others use, with what it stands on, and tells why', async () => {
    const workshop = new Workshop();
    const [used, unused] = [workshop.usual('used'), workshop.usual('unused')];
    await runImport(workshop);
    const audio = await getPrimaryArtifact(test_.ctx, { storyId: used, role: 'final_audio' });
    const text = await getPrimaryArtifact(test_.ctx, { storyId: used, role: 'story_text' });
    const cover = await getPrimaryArtifact(test_.ctx, { storyId: used, role: 'cover' });
    const product = await registerArtifact(test_.ctx, {
      type: 'audio',
      sources: [{ artifactId: audio.id, type: 'TRANSCODED_FROM' }],
    });
    const report = await rollback(workshop);
    expect(report.kept.map(({ kind }) => kind).sort()).toEqual([
      'artifact',
      'artifact',
      'run',
      'step',
      'story',
    ]);
    expect(report.kept[0]?.reason).toContain(product.id);
    const rows = await typeStatement(
      test_,
      'UNWIND $ids AS id MATCH (a:Artifact {id: id}) RETURN a.id AS id',
      { ids: [audio.id, text.id, cover.id, product.id] },
    );
    expect(rows.map(({ id }) => id)).toEqual([audio.id, text.id, product.id]);
    expect(await readStoryGraphs(test_, [unused])).toEqual([]);
    expect((await runImport(workshop)).summary).toMatchObject({ imported: 2 });
    expect((await getPrimaryArtifact(test_.ctx, { storyId: used, role: 'cover' })).id).toBe(cover.id);
    workshop.close();
  });

  test('leaves a story that was there before as it was', async () => {
    const workshop = new Workshop();
    const storyId = workshop.usual('known');
    await registerStory(test_.ctx, { id: storyId, title: 'made before' });
    const cover = await registerArtifact(test_.ctx, { type: 'image', payload: 'newer' });
    await linkArtifact(test_.ctx, { storyId, artifactId: cover.id, role: 'cover' });
    const before = await readStoryGraphs(test_, [storyId]);
    expect((await runImport(workshop)).summary).toMatchObject({ imported: 1 });
    expect((await getPrimaryArtifact(test_.ctx, { storyId, role: 'cover' })).id).toBe(cover.id);
    expect((await getPrimaryArtifact(test_.ctx, { storyId, role: 'final_audio' })).contentHash).toBe(
      digestOf(wav('known')),
    );
    await rollback(workshop);
    expect(await readStoryGraphs(test_, [storyId])).toEqual(before);
    workshop.close();
  });
});

test('a story that the graph refuses fails alone', async () => {
  const workshop = new Workshop();
  const ids = Array.from({ length: 9 }, (_, index) => workshop.usual(`crowd-${index}`));
  workshop.run(
    `UPDATE stories SET moral = '${'x'.repeat(10)}', story_id = 'a|b' WHERE story_id = '${ids[4]}'`,
  );
  const { summary, stories } = await runImport(workshop);
  expect(summary).toMatchObject({ total: 9, imported: 8, failed: 1 });
  expect(stories.get('a|b failed')?.reason).toContain('cannot be used');
  rmSync(workshop.media, { recursive: true });
  workshop.close();
});
