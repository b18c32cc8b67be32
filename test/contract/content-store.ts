import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContentStore, VerifiedBytes } from '../../src/content/content-store.js';
import { digestOf } from '../../src/model/digest.js';
import { receiveContent } from '../../src/content/receive-content.js';
import { IntegrityError, NotFound } from '../../src/errors.js';
import type { Sha256 } from '../../src/model/digest.js';

export function verified(bytes: Uint8Array): VerifiedBytes & { bytes: Uint8Array } {
  return { sha256: digestOf(bytes), sizeBytes: bytes.length, mimeType: 'application/octet-stream', bytes };
}

export async function readAll(input: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function digestsOf(store: ContentStore, after?: Sha256): Promise<Sha256[]> {
  const found: Sha256[] = [];
  for await (const { sha256 } of store.list(after)) found.push(sha256);
  return found;
}

/** What every store must do. `open` gives an empty store that the caller cleans up after `close`. */
export function describeContentStore(name: string, open: () => Promise<ContentStore>): void {
  describe(`${name} keeps the contract of a content store`, () => {
    let store: ContentStore;
    let folder: string;
    beforeAll(async () => {
      store = await open();
      folder = await mkdtemp(join(tmpdir(), 'content-contract-'));
    });
    afterAll(async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    });

    test('gives back exactly the bytes that were put', async () => {
      const content = verified(randomBytes(70_000));
      expect(await store.put(content)).toBe('stored');
      await store.flush();
      expect((await readAll(await store.open(content.sha256))).equals(content.bytes)).toBe(true);
      expect(await store.stat(content.sha256)).toMatchObject({ sha256: content.sha256, sizeBytes: 70_000 });
    });

    test('keeps content of no bytes', async () => {
      const content = verified(new Uint8Array());
      await store.put(content);
      expect(await readAll(await store.open(content.sha256))).toHaveLength(0);
    });

    test('says that bytes put before are present', async () => {
      const content = verified(randomBytes(100));
      await store.put(content);
      const revision = (await store.stat(content.sha256))?.revision;
      expect(await store.put(content)).toBe('present');
      expect((await store.stat(content.sha256))?.revision).toBe(revision);
    });

    test('of sixteen writers of the same bytes one stores them', async () => {
      const content = verified(randomBytes(300_000));
      const outcomes = await Promise.all(Array.from({ length: 16 }, () => store.put(content)));
      expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
      expect((await readAll(await store.open(content.sha256))).equals(content.bytes)).toBe(true);
    });

    test('puts a spooled file, which stays the caller’s to remove', async () => {
      const bytes = randomBytes(3_000_000);
      const input = [bytes.subarray(0, 999_999), bytes.subarray(999_999)];
      const received = await receiveContent(toAsync(input), {
        scratchDir: store.scratchDir,
        memoryBytes: 1000,
      });
      expect('file' in received).toBe(true);
      expect(await store.put({ ...received, mimeType: 'video/mp4' })).toBe('stored');
      await received.discard();
      await store.flush();
      expect((await readAll(await store.open(received.sha256))).equals(bytes)).toBe(true);
    });

    test('stores nothing of a file that is not what it was said to be', async () => {
      const file = join(folder, 'changed');
      const content = verified(randomBytes(5000));
      await writeFile(file, randomBytes(5000));
      const { bytes: _, ...facts } = content;
      await expect(store.put({ ...facts, file })).rejects.toBeInstanceOf(IntegrityError);
      expect(await store.stat(content.sha256)).toBeNull();
      await writeFile(file, randomBytes(4999));
      await expect(store.put({ ...facts, file })).rejects.toBeInstanceOf(IntegrityError);
      expect(await store.stat(content.sha256)).toBeNull();
    });

    test('reads a range with both ends included', async () => {
      const content = verified(randomBytes(10_000));
      await store.put(content);
      const part = await readAll(await store.open(content.sha256, { start: 10, end: 19 }));
      expect(part.equals(content.bytes.subarray(10, 20))).toBe(true);
      const last = await readAll(await store.open(content.sha256, { start: 9_999, end: 9_999 }));
      expect(last.equals(content.bytes.subarray(9_999))).toBe(true);
    });

    test('has nothing under a digest that nobody put', async () => {
      const { sha256 } = verified(randomBytes(10));
      expect(await store.stat(sha256)).toBeNull();
      expect(await store.remove(sha256)).toBe(false);
      await expect(store.open(sha256)).rejects.toBeInstanceOf(NotFound);
    });

    test('removes for good, and stores again afterwards', async () => {
      const content = verified(randomBytes(1234));
      await store.put(content);
      expect(await store.remove(content.sha256)).toBe(true);
      expect(await store.stat(content.sha256)).toBeNull();
      expect(await store.put(content)).toBe('stored');
    });

    test('lists in ascending order, from any digest on', async () => {
      await Promise.all(Array.from({ length: 30 }, () => store.put(verified(randomBytes(40)))));
      const all = await digestsOf(store);
      expect(all.length).toBeGreaterThanOrEqual(30);
      expect(all).toEqual([...all].sort());
      expect(await digestsOf(store, all[10])).toEqual(all.slice(11));
    });

    test('a reader that stops early ends its reading', async () => {
      const content = verified(randomBytes(2_000_000));
      await store.put(content);
      const input: AsyncIterable<Uint8Array> = await store.open(content.sha256);
      for await (const chunk of input) {
        expect(Buffer.compare(content.bytes.subarray(0, chunk.length), chunk)).toBe(0);
        break;
      }
      await store.check();
    });

    test('locks objects where it can and says so where it cannot', async () => {
      const content = verified(randomBytes(50));
      await store.put(content);
      expect(await store.protect(content.sha256, new Date(Date.now() + 1000))).toMatch(
        /protected|unsupported/,
      );
    });
  });
}

// eslint-disable-next-line @typescript-eslint/require-await
export async function* toAsync(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
