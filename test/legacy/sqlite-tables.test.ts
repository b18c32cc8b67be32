import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storyBundles } from '../../src/legacy/source/assemble-bundles.js';
import type { LegacyTables } from '../../src/legacy/source/legacy-tables.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
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

test('takes generated columns over like any other, and says where one cannot be computed', async () => {
  const workshop = new Workshop(
    `CREATE TABLE stories (story_id TEXT, file TEXT, analysis TEXT,
      image_url TEXT GENERATED ALWAYS AS ('/data/' || file) STORED,
      words INTEGER AS (length(story_id)) VIRTUAL)`,
  );
  for (const [story_id, analysis] of [
    ['a', '{"moral": "Be kind"}'],
    ['bb', '{broken'],
    ['ccc', '{"moral": "Be bold"}'],
  ] as const)
    workshop.add('stories', { story_id, file: `${story_id}.png`, analysis });
  workshop.run(`ALTER TABLE stories ADD COLUMN moral TEXT AS (json_extract(analysis, '$.moral'))`);
  const tables = await openLegacyTables(workshop.database);
  for (const batch of [1, 2, 10]) {
    const found = await allStories(tables, batch);
    expect(found.map(({ row }) => [row.values.image_url, row.values.words, row.values.moral])).toEqual([
      ['/data/a.png', 1, 'Be kind'],
      ['/data/bb.png', undefined, undefined],
      ['/data/ccc.png', 3, 'Be bold'],
    ]);
    expect(found[1]?.row.uncomputed).toEqual(['moral', 'words']);
  }
  const [again] = await tables.rowsWhere('stories', 'story_id', ['ccc']);
  expect(again?.values.moral).toBe('Be bold');
  await tables.close();
  workshop.close();
});

test.each([
  ['stored', `image_url TEXT GENERATED ALWAYS AS ('/data/' || file) STORED`, ''],
  ['made when it is read', `image_url TEXT GENERATED ALWAYS AS ('/data/' || file) VIRTUAL`, ''],
  ['without a word which', `image_url AS ('/data/' || file)`, ''],
  ['made of another one', `folder AS ('/data/') STORED, image_url AS (folder || file)`, ''],
  ['in a table without row numbers', `image_url AS ('/data/' || file) STORED`, 'WITHOUT ROWID'],
  ['in upper case', `IMAGE_URL TEXT AS ('/data/' || file)`, ''],
  ['of JSON', `more TEXT DEFAULT '{"u": "/data/"}', image_url AS (json_extract(more, '$.u') || file)`, ''],
  ['of a strict table', `image_url TEXT AS ('/data/' || file) STORED`, 'STRICT'],
])('takes a generated column over like any other: one %s', async (_what, column, kind) => {
  const workshop = new Workshop(
    `CREATE TABLE stories (story_id TEXT PRIMARY KEY, file TEXT, ${column}) ${kind}`,
  );
  for (const story_id of ['a', 'b', 'c']) workshop.add('stories', { story_id, file: `${story_id}.png` });
  const tables = await openLegacyTables(workshop.database);
  const urls = (await allStories(tables)).map(({ row }) => [row.values.image_url, row.uncomputed]);
  expect(urls).toEqual(['a', 'b', 'c'].map((id) => [`/data/${id}.png`, undefined]));
  const [found] = await tables.rowsWhere('stories', 'story_id', ['b']);
  expect(found?.values.image_url).toBe('/data/b.png');
  await tables.close();
  workshop.close();
});

test('keeps row numbers of 64 bits', async () => {
  const workshop = new Workshop('CREATE TABLE stories (id INTEGER PRIMARY KEY, story_id TEXT)');
  for (const id of ['9007199254740993', '9007199254740994', '9223372036854775807'])
    workshop.run(`INSERT INTO stories VALUES (${id}, 'story ${id}')`);
  const tables = await openLegacyTables(workshop.database);
  expect((await allStories(tables, 1)).map(({ rowName, row }) => [rowName, row.values.id])).toEqual(
    ['9007199254740993', '9007199254740994', '9223372036854775807'].map((id) => [id, id]),
  );
  await tables.close();
  workshop.close();
});
