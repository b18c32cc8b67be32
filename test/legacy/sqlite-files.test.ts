import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'libsql';
import { InvalidInput } from '../../src/errors.js';
import type { LegacyTables } from '../../src/legacy/source/legacy-tables.js';
import { openLegacyTables } from '../../src/legacy/source/open-legacy-tables.js';
import { Workshop } from './workshop.js';

async function allStories(tables: LegacyTables, batch = 2) {
  const found = [];
  for await (const rows of tables.scan('stories', batch)) found.push(...rows);
  return found;
}

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

describe('a database in a folder that may not be written to, with what was left beside it', () => {
  /** Half a large write, with the journal that takes it back. */
  const brokenOff = (workshop: Workshop) => {
    const filler = 'x'.repeat(2000);
    for (let n = 0; n < 200; n++) workshop.story({ story_text: filler });
    workshop.run(`PRAGMA cache_size = 5; BEGIN; UPDATE stories SET story_text = story_text || 'half'`);
  };
  const begin: Record<string, [parts: string[], prepare: (workshop: Workshop) => void]> = {
    nothing: [[''], () => undefined],
    'an empty journal': [['', '-journal'], (w) => w.run('PRAGMA journal_mode = TRUNCATE; DELETE FROM runs')],
    'a journal that is over': [
      ['', '-journal'],
      (w) => w.run('PRAGMA journal_mode = PERSIST; DELETE FROM runs'),
    ],
    'the journal of a write that was broken off': [['', '-journal'], brokenOff],
    'a log': [['', '-wal'], (w) => w.run('PRAGMA journal_mode = WAL; DELETE FROM runs')],
    'a log and its index': [
      ['', '-wal', '-shm'],
      (w) => w.run('PRAGMA journal_mode = WAL; DELETE FROM runs'),
    ],
    'the log of a write that was broken off': [
      ['', '-wal'],
      (w) => {
        w.run('PRAGMA journal_mode = WAL; DELETE FROM runs');
        brokenOff(w);
      },
    ],
  };
  test.each(Object.entries(begin))('is read, and left as it is: %s', async (_what, [parts, prepare]) => {
    const workshop = new Workshop();
    workshop.story({ story_id: 'a' });
    workshop.run(`INSERT INTO runs (run_id) VALUES ('r')`);
    prepare(workshop);
    const copy = mkdtempSync(join(tmpdir(), 'left-beside-'));
    const database = join(copy, 'legacy.db');
    for (const part of parts) copyFileSync(workshop.database + part, database + part);
    for (const part of parts) chmodSync(database + part, 0o444);
    chmodSync(copy, 0o555);
    const before = readdirSync(copy).map((name) => [name, readFileSync(join(copy, name)).toString('base64')]);
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      const tables = await openLegacyTables(database);
      const stories = await allStories(tables, 50);
      expect(stories[0]?.row.values.story_id).toBe('a');
      expect(stories.filter(({ row }) => String(row.values.story_text).endsWith('half'))).toEqual([]);
      await tables.close();
    } finally {
      if (root) process.seteuid?.(0);
    }
    expect(
      readdirSync(copy).map((name) => [name, readFileSync(join(copy, name)).toString('base64')]),
    ).toEqual(before);
    chmodSync(copy, 0o755);
    rmSync(copy, { recursive: true });
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

  test.each<[what: string, make: (file: string) => void, said: RegExp]>([
    ['a folder', (file) => mkdirSync(file), /^there is no database file/],
    ['a pipe', (file) => void execFileSync('sh', ['-c', `mkfifo '${file}'`]), /^there is no database file/],
    ['a device', (file) => symlinkSync('/dev/null', file), /^there is no database file/],
    ['a link to nothing', (file) => symlinkSync(`${file}.gone`, file), /^there is no database file/],
    ['an empty file', (file) => writeFileSync(file, ''), /has no table named stories$/],
    [
      'a few bytes',
      (file) => writeFileSync(file, 'SQLite format 3\0'),
      /cannot be read: file is not a database$/,
    ],
    [
      'a compressed file',
      (file) => writeFileSync(file, gzipSync('x')),
      /cannot be read: file is not a database$/,
    ],
  ])('when it is %s', async (_what, make, said) => {
    const path = join(mkdtempSync(join(tmpdir(), 'no-database-')), 'legacy.db');
    make(path);
    expect(await refusalOf(path)).toMatch(said);
    rmSync(dirname(path), { recursive: true });
  });

  test.each([`${'x'.repeat(300)}.db`, 'nul\0.db', 'folder/gone.db'])(
    'when its name is %.20s',
    async (name) => {
      expect(await refusalOf(join(tmpdir(), name))).toMatch(
        /^(there is no database file .*|.* cannot be read: .*)$/,
      );
    },
  );

  test.each<[what: string, spoil: (bytes: Buffer) => Buffer]>([
    ['cut short', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['cut inside its first page', (bytes) => bytes.subarray(0, 200)],
    [
      'overwritten behind its beginning',
      (bytes) => Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192, 0x55)]),
    ],
    [
      'overwritten in its schema',
      (bytes) => Buffer.concat([bytes.subarray(0, 120), Buffer.alloc(3976, 0x55), bytes.subarray(4096)]),
    ],
  ])('when it is damaged, whenever that shows: %s', async (_what, spoil) => {
    const workshop = new Workshop();
    for (let n = 0; n < 200; n++) workshop.story({ story_text: 'x'.repeat(1000) });
    workshop.close();
    writeFileSync(workshop.database, spoil(readFileSync(workshop.database)));
    const read = async () => {
      const tables = await openLegacyTables(workshop.database);
      await tables.count('stories');
      await tables.rowsWhere('stories', 'story_id', ['a']);
      return allStories(tables);
    };
    const error: unknown = await read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(String(error)).toMatch(/legacy\.db cannot be read: [\w ]+$/);
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
