import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import neo4j from 'neo4j-driver';
import { readBackupFile, writeBackupFile } from '../../src/backup/backup-file.js';
import { parseBackupLine } from '../../src/backup/backup-line.js';
import { toBackupProperties, toPropertyParameters } from '../../src/backup/backup-value.js';
import { checkBackup } from '../../src/backup/read-backup.js';
import { withScratchFolder } from '../../src/backup/scratch-folder.js';
import { SortedLines } from '../../src/backup/sorted-lines.js';
import { textLines } from '../../src/backup/text-lines.js';
import { InvalidInput } from '../../src/errors.js';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  await Promise.resolve();
}

describe('text lines', () => {
  test('are the same wherever the bytes were cut, and end at line feeds only', async () => {
    const text = 'first\r\nsecond \u2028 🪁\n\nlast';
    for (const size of [1, 2, 3, 5, 100]) {
      const lines = await all(textLines(chunksOf(Buffer.from(text), size)));
      expect(lines).toEqual(['first\r', 'second \u2028 🪁', '', 'last']);
    }
  });

  test('refuse bytes that are no text', async () => {
    await expect(all(textLines(chunksOf(Buffer.from([0x7b, 0xff, 0x0a]), 2)))).rejects.toThrow('not UTF-8');
    await expect(all(textLines(chunksOf(Buffer.from('a🪁').subarray(0, 3), 2)))).rejects.toThrow('not UTF-8');
  });
});

describe('sorted lines', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'artifact-graph-lines-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('come by key, then by text, whether sorted in memory or in files', async () => {
    const entry = fc
      .tuple(fc.string({ maxLength: 3 }), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([key, line]) => ({
        key: JSON.stringify(key),
        line: JSON.stringify(line),
      }));
    let name = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 60 }),
        fc.constantFrom(1, 40, 10_000),
        async (entries, size) => {
          const lines = new SortedLines(folder, String(name++), size);
          for (const { key, line } of entries) await lines.add(key, line);
          const texts = entries.map(({ key, line }) => `${key}\t${line}`).sort();
          const expected = texts.map((text) => text.slice(text.indexOf('\t') + 1));
          expect(await all(lines.read())).toEqual(expected);
          expect(lines.length).toBe(entries.length);
          await lines.discard();
        },
      ),
      { numRuns: 60 },
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('values', () => {
  const time = (zone: string | null, nanosecond: number) =>
    new neo4j.types.DateTime(2026, 11, 1, 12, 0, 0, nanosecond, zone === null ? 0 : 3600, zone);

  test('keep their types', () => {
    const stored = {
      text: 'x',
      whole: 3,
      half: 0.5,
      one: 1,
      nan: NaN,
      flags: [true],
      none: [],
      floats: [1, Infinity],
      at: time(null, 0),
      fine: time(null, 120_000_000),
      zoned: [time('Europe/Berlin', 1)],
    };
    const properties = toBackupProperties(stored, ['half', 'one', 'nan', 'floats', 'none'], 'a node');
    expect(properties).toEqual({
      at: { datetime: '2026-11-01T12:00:00Z' },
      fine: { datetime: '2026-11-01T12:00:00.12Z' },
      flags: [true],
      floats: { float: [1, 'Infinity'] },
      half: { float: 0.5 },
      nan: { float: 'NaN' },
      none: [],
      one: { float: 1 },
      text: 'x',
      whole: 3,
      zoned: { datetime: ['2026-11-01T12:00:00.000000001+01:00[Europe/Berlin]'] },
    });
    expect(Object.keys(properties)).toEqual(Object.keys(properties).sort());
    const line = parseBackupLine(JSON.stringify({ labels: ['Story'], properties }), 1);
    expect(line).toEqual({ kind: 'node', node: { labels: ['Story'], properties } });
    expect(toPropertyParameters(properties)).toEqual({
      properties: { text: 'x', whole: 3, flags: [true], none: [] },
      floats: [
        { key: 'half', value: 0.5 },
        { key: 'nan', value: NaN },
        { key: 'one', value: 1 },
      ],
      floatLists: [{ key: 'floats', value: [1, Infinity] }],
      times: [
        { key: 'at', value: '2026-11-01T12:00:00Z' },
        { key: 'fine', value: '2026-11-01T12:00:00.12Z' },
      ],
      timeLists: [{ key: 'zoned', value: ['2026-11-01T12:00:00.000000001+01:00[Europe/Berlin]'] }],
    });
  });

  test.each([
    [2 ** 60],
    [new Date()],
    [new Uint8Array(1)],
    [new neo4j.types.DateTime(1900, 1, 1, 0, 0, 0, 0, 1172)],
    [['a', 1]],
  ])('that no line carries exactly are refused: %p', (value) => {
    expect(() => toBackupProperties({ odd: value }, [], 'a node Odd')).toThrow(
      'the property odd of a node Odd',
    );
  });
});

describe('wrong lines', () => {
  const header = '{"artifact-graph":1,"schema":5,"lines":2,"nodes":{},"relationships":{}}';
  test.each([
    ['', 'line 1 is not JSON'],
    ['[1', 'line 1 is not JSON'],
    ['7', 'line 1 is not a JSON object'],
    ['{}', 'line 1 is neither a node ("labels") nor a relationship ("type")'],
    ['{"labels":["Step"],"properties":{}}', 'line 1 is not the first line of an export'],
    [
      '{"artifact-graph":2,"schema":5,"lines":2,"nodes":{},"relationships":{}}',
      'line 1: artifact-graph must be 1',
    ],
    [`${header}\n${header}`, 'line 2 is a second first line'],
    [
      `${header}\n{"labels":["Story"],"properties":{"n":1.5}}`,
      'line 2: properties.n must be text, a boolean, an integer',
    ],
    [
      `${header}\n{"labels":["Story"],"properties":{"n":{"datetime":"2026-02-30T00:00:00Z"}}}`,
      'line 2: properties.n must be text',
    ],
    [
      `${header}\n{"labels":["AuditEvent"],"properties":{},"with":[]}`,
      'line 2: with needs a node with a unique key',
    ],
    [`${header}\n{"type":"USED","from":["Step","s"],"to":["Nothing","a"],"properties":{}}`, 'line 2: to.0 '],
    [`${header}\n{"labels":["A"],"properties":{}}`, 'line 2: a node A is not of the model'],
    ...['SchemaMigration', 'Lock', 'ContentBinding', 'MaintenanceGrant'].map((label) => [
      `${header}\n{"labels":["${label}"],"properties":{"version":1}}`,
      `line 2: a node ${label} is not of the model`,
    ]),
    [
      `${header}\n{"labels":["Artifact","Story"],"properties":{"id":"x"}}`,
      'a node Artifact:Story is not of the model',
    ],
    [`${header}\n{"labels":["Artifact"],"properties":{"id":"x","colour":"red"}}`, 'has no property colour'],
    [
      `${header}\n{"type":"KNOWS","from":["Step","s"],"to":["Artifact","a"],"properties":{}}`,
      'a relationship KNOWS from Step to Artifact is not of the model',
    ],
    [
      `${header}\n{"type":"USED","from":["Run","s"],"to":["Artifact","a"],"properties":{}}`,
      'a relationship USED from Run to Artifact is not of the model',
    ],
    [
      `${header}\n{"type":"USED","from":["Step","s"],"to":["Artifact","a"],"properties":{"why":"x"}}`,
      'a relationship USED of the model has no property why',
    ],
    [`${header}\n{"labels":["A"],"properties":{},"extra":1}`, 'line 2:  Unrecognized key: "extra"'],
    [header, 'the export ends with line 1, without its end line'],
    [`${header}\n{"end":{"lines":2,"sha256":"x"}}`, 'line 2: end.lines must be 1'],
    [`${header}\n{"end":{"lines":1,"sha256":"x"}}`, 'line 2: end.sha256 must be '],
  ])('%s → %s', async (text, message) => {
    await expect(
      checkBackup(textLines(chunksOf(Buffer.from(text === '' ? '\n' : text), 1000))),
    ).rejects.toThrow(message);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'artifact-graph-files-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('that are missing, not packed or cut short are wrong input', async () => {
    const file = join(folder, 'cut.gz');
    await expect(all(readBackupFile(file))).rejects.toThrow(`${file} cannot be read: ENOENT`);
    await writeFile(file, 'plain text');
    await expect(all(readBackupFile(file))).rejects.toThrow(`${file} cannot be read: incorrect header check`);
    await writeFile(file, gzipSync('a line\n'.repeat(10_000)).subarray(0, 60));
    await expect(all(readBackupFile(file))).rejects.toThrow(InvalidInput);
    await writeFile(file, gzipSync('a line\n'.repeat(10_000)));
    expect(await all(readBackupFile(file))).toHaveLength(10_000);
  });

  test('that cannot be made say so before anything is read', async () => {
    let began = false;
    const produce = () => {
      began = true;
      return Promise.resolve();
    };
    await expect(writeBackupFile(join(folder, 'no', 'such'), produce)).rejects.toThrow(
      'cannot be written: ENOENT',
    );
    expect(began).toBe(false);
  });
});

test('a scratch folder goes with its work, and those of killed exports a day later', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'artifact-graph-scratch-'));
  for (const name of ['export-old', 'export-new', 'staging']) await mkdir(join(parent, name));
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  for (const name of ['export-old', 'staging']) await utimes(join(parent, name), yesterday, yesterday);
  const failing = withScratchFolder(parent, async (folder) => {
    await writeFile(join(folder, 'run'), 'x');
    throw new Error('the work failed');
  });
  await expect(failing).rejects.toThrow('the work failed');
  expect((await readdir(parent)).sort()).toEqual(['export-new', 'staging']);
  await rm(parent, { recursive: true });
});
