import { randomUUID } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { storyBundles } from '../../src/legacy/source/assemble-bundles.js';
import { InvalidInput } from '../../src/errors.js';
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

describe('a database in WAL mode', () => {
  const walWorkshop = () => {
    const workshop = new Workshop();
    workshop.run('PRAGMA journal_mode = WAL');
    workshop.story({ story_id: 'a' });
    return workshop;
  };
  const ids = async (tables: LegacyTables) =>
    (await allStories(tables)).map(({ row }) => row.values.story_id);

  test('that nobody has open is read with no new file beside it', async () => {
    const workshop = walWorkshop();
    workshop.close();
    const before = readdirSync(workshop.folder);
    const tables = await openLegacyTables(workshop.database);
    expect(await ids(tables)).toEqual(['a']);
    expect(readdirSync(workshop.folder)).toEqual(before);
    await tables.close();
    expect(readdirSync(workshop.folder)).toEqual(before);
  });

  test('is read anew when somebody writes to it meanwhile', async () => {
    const workshop = walWorkshop();
    workshop.close();
    const tables = await openLegacyTables(workshop.database);
    expect(await ids(tables)).toEqual(['a']);
    const other = new Database(workshop.database);
    other.exec("INSERT INTO stories (story_id) VALUES ('b')");
    expect(await ids(tables)).toEqual(['a', 'b']);
    other.exec("INSERT INTO stories (story_id) VALUES ('c')");
    other.close();
    expect(await ids(tables)).toEqual(['a', 'b', 'c']);
    await tables.close();
  });

  test('that the old system has open is read with what is only in its log', async () => {
    const workshop = walWorkshop();
    const before = readdirSync(workshop.folder);
    const tables = await openLegacyTables(workshop.database);
    workshop.story({ story_id: 'b' });
    expect(await ids(tables)).toEqual(['a', 'b']);
    await tables.close();
    expect(readdirSync(workshop.folder)).toEqual(before);
    workshop.close();
  });

  test('that was copied with its log alone is read with it, and left as it is', async () => {
    const workshop = walWorkshop();
    const copy = new Workshop('CREATE TABLE none (a)');
    copy.close();
    rmSync(copy.database);
    for (const part of ['', '-wal']) copyFileSync(workshop.database + part, copy.database + part);
    const before = readdirSync(copy.folder);
    const tables = await openLegacyTables(copy.database);
    expect(await ids(tables)).toEqual(['a']);
    await tables.close();
    expect(readdirSync(copy.folder)).toEqual(before);
    workshop.close();
  });
});

describe('a file that cannot be read is told in one sentence', () => {
  const refusalOf = async (path: string) => {
    const error: unknown = await openLegacyTables(path).catch((reason: unknown) => reason);
    return error instanceof InvalidInput ? error.message : error;
  };

  test('by its links, its folder, its bytes', async () => {
    const workshop = new Workshop();
    workshop.close();
    const circle = join(workshop.folder, 'circle.db');
    symlinkSync(circle, circle);
    expect(await refusalOf(circle)).toBe(`${circle} cannot be read: its links lead in a circle`);
    const below = join(workshop.database, 'legacy.db');
    expect(await refusalOf(below)).toBe(`${below} cannot be read: there is no such file`);
    const secret = join(workshop.folder, 'secret.txt');
    expect(await refusalOf(secret)).toBe(`${secret} cannot be read: file is not a database`);
    expect(await refusalOf(workshop.folder)).toContain('there is no database file');
  });

  test('by its permissions and those of its folder', async () => {
    const workshop = new Workshop();
    workshop.close();
    const root = process.geteuid?.() === 0;
    for (const path of [workshop.database, workshop.folder]) {
      chmodSync(path, 0);
      if (root) process.seteuid?.(65534);
      const refusal = await refusalOf(workshop.database);
      if (root) process.seteuid?.(0);
      chmodSync(path, 0o700);
      expect(refusal).toBe(`${workshop.database} cannot be read: permission denied`);
    }
  });
});
