import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storyBundles } from '../../src/legacy/assemble-bundles.js';
import type { LegacyTables } from '../../src/legacy/legacy-tables.js';
import { openLegacyTables } from '../../src/legacy/open-legacy-tables.js';
import { Workshop } from './workshop.js';

async function allStories(tables: LegacyTables, batch = 2) {
  const found = [];
  for await (const rows of tables.scan('stories', batch)) found.push(...rows);
  return found;
}

test('reads text that is not UTF-8, blobs, large integers and infinity without losing the row', async () => {
  const workshop = new Workshop();
  workshop.story({ story_id: 'a', moral: 'gut' });
  workshop.run(
    `UPDATE stories SET story_text = CAST(x'61ff62' AS TEXT), themes = x'0041', word_count = 9007199254740993, safety_score = 9e999`,
  );
  workshop.story({ story_id: 'b' });
  const tables = await openLegacyTables(workshop.database);
  const [first, second] = await allStories(tables);
  expect(first?.row.damaged).toEqual(['story_text']);
  expect(first?.row.values).toMatchObject({
    story_text: 'a\ufffdb',
    themes: '\0A',
    word_count: '9007199254740993',
    moral: 'gut',
  });
  expect(second?.row.values.story_id).toBe('b');
  expect(second?.row.damaged).toEqual([]);
  await tables.close();
  workshop.close();
});

test('pages through every row once, whatever the size of a page, also without a rowid', async () => {
  const workshop = new Workshop(
    'CREATE TABLE stories (story_id TEXT PRIMARY KEY, story_text TEXT) WITHOUT ROWID',
  );
  for (const story_id of ['a', 'b', 'c', 'd', 'e']) workshop.add('stories', { story_id });
  const tables = await openLegacyTables(workshop.database);
  for (const batch of [1, 2, 5, 9]) {
    expect((await allStories(tables, batch)).map(({ row }) => row.values.story_id)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  }
  await tables.close();
  workshop.close();
});

test('does without the tables and columns that an older version lacks', async () => {
  const workshop = new Workshop('CREATE TABLE stories (story_id TEXT, story_text TEXT)');
  workshop.add('stories', { story_id: 'a', story_text: 'short' });
  const tables = await openLegacyTables(workshop.database);
  const bundles = [];
  for await (const batch of storyBundles(tables, 10)) bundles.push(...batch);
  expect(bundles).toMatchObject([{ id: 'a', segments: [], artifacts: [], runs: [] }]);
  await tables.close();
  workshop.close();
});

test('never writes: neither to the database nor a new one in place of a missing one', async () => {
  const missing = join(tmpdir(), `${randomUUID()}.db`);
  await expect(openLegacyTables(missing)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(existsSync(missing)).toBe(false);
  const workshop = new Workshop('CREATE TABLE something_else (a TEXT)');
  await expect(openLegacyTables(workshop.database)).rejects.toThrow('no table named stories');
  await expect(openLegacyTables(join(workshop.folder, 'secret.txt'))).rejects.toMatchObject({
    code: 'invalid_input',
  });
  workshop.close();
});
