import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedFolder } from '../../src/local/cache.js';

let cacheDir: string;

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'cache-'));
});
afterEach(() => rm(cacheDir, { recursive: true }));

const quiet = { onProgress: () => undefined };

describe('the cache', () => {
  it('is filled once, also when two want the same folder at the same time', async () => {
    let fills = 0;
    const waiting = new EventEmitter();
    const firstLine = once(waiting, 'line');
    const fill = async (folder: string) => {
      fills += 1;
      expect(await firstLine).toEqual(['waiting for another process that fetches thing-1.0']);
      await writeFile(join(folder, 'jar'), 'bytes');
    };
    const onProgress = (line: string) => waiting.emit('line', line);
    const folders = await Promise.all(
      [1, 2, 3].map(() => cachedFolder(cacheDir, 'thing-1.0', fill, { onProgress })),
    );
    expect(fills).toBe(1);
    expect(new Set(folders).size).toBe(1);
    expect(await readFile(join(folders[0] ?? '', 'jar'), 'utf8')).toBe('bytes');
  });

  it('keeps nothing of a download that failed', async () => {
    const fail = async (folder: string) => {
      await writeFile(join(folder, 'half'), 'by');
      throw new Error('the line was cut');
    };
    await expect(cachedFolder(cacheDir, 'thing-1.0', fail, quiet)).rejects.toThrow('the line was cut');
    expect(await readdir(cacheDir)).toEqual(['thing-1.0.lock']);
  });

  it('removes what a killed download left, and nothing of other keys', async () => {
    for (const left of ['thing-1.0.partial-aaaaaa', 'thing-1.0.1.partial-bbbbbb']) {
      await mkdir(join(cacheDir, left));
      await writeFile(join(cacheDir, left, 'half'), 'by');
    }
    await cachedFolder(cacheDir, 'thing-1.0', () => Promise.resolve(), quiet);
    expect((await readdir(cacheDir)).sort()).toEqual([
      'thing-1.0',
      'thing-1.0.1.partial-bbbbbb',
      'thing-1.0.lock',
    ]);
  });
});
