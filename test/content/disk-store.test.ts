import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, truncate, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskStore } from '../../src/content/disk/disk-store.js';
import { IntegrityError, Unavailable } from '../../src/errors.js';
import { describeContentStore, readAll, verified } from '../contract/content-store.js';

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'disk-store-'));
  folders.push(folder);
  return folder;
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

describeContentStore('the folder', async () => DiskStore.open(await newFolder()));

describe('the folder', () => {
  test('keeps objects as read-only files under objects/ab/…, and no temporary file', async () => {
    const folder = await newFolder();
    const store = await DiskStore.open(folder);
    for (const size of [1000, 500_000]) {
      const content = verified(randomBytes(size));
      await store.put(content);
      const { sha256 } = content;
      const found = await stat(join(folder, 'objects', sha256.slice(0, 2), sha256.slice(2)));
      expect(found.mode & 0o777).toBe(0o444);
      expect(found.nlink).toBe(1);
    }
    expect(await readdir(join(folder, 'staging'))).toEqual([]);
    expect(await store.presignedGet()).toBeNull();
  });

  test('replaces a file that a power loss cut short', async () => {
    const folder = await newFolder();
    const store = await DiskStore.open(folder);
    const content = verified(randomBytes(1000));
    await store.put(content);
    const path = join(folder, 'objects', content.sha256.slice(0, 2), content.sha256.slice(2));
    await chmod(path, 0o644);
    await truncate(path, 0);
    expect(await store.put(content)).toBe('stored');
    expect((await readAll(await store.open(content.sha256))).equals(content.bytes)).toBe(true);
  });

  test('refuses bytes of another length than was said', async () => {
    const store = await DiskStore.open(await newFolder());
    const content = verified(randomBytes(1000));
    await expect(store.put({ ...content, sizeBytes: 999 })).rejects.toBeInstanceOf(IntegrityError);
    expect(await store.stat(content.sha256)).toBeNull();
  });

  test('flushes many puts at once, and flushes that come together share the work', async () => {
    const store = await DiskStore.open(await newFolder());
    await Promise.all(Array.from({ length: 50 }, () => store.put(verified(randomBytes(3000)))));
    await Promise.all([store.flush(), store.flush(), store.flush()]);
    await store.put(verified(randomBytes(10)));
    await store.flush();
  });

  test('says that it is away when its folder is a file', async () => {
    await expect(DiskStore.open('/proc/version/media')).rejects.toBeInstanceOf(Unavailable);
  });
});
