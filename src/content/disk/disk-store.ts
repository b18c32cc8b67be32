import { closeSync, linkSync, openSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import {
  chmod,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { IntegrityError, NotFound, hasCode } from '../../errors.js';
import { sha256 as sha256Schema, type Sha256 } from '../../model/digest.js';
import type { ByteRange, ContentStore, StoredObject, VerifiedBytes } from '../content-store.js';
import { copyHashed } from '../copy-hashed.js';
import { DiskFlush } from './disk-flush.js';
import { StoreMemory } from '../store-memory.js';
import { translateDiskError } from '../system-errors.js';

/**
 * Below this many bytes the file calls are made synchronously: on a page cache they take about 25 µs together,
 * where the same calls through the thread pool take four times that in processor time.
 */
const SYNC_BELOW = 256 * 1024;

/**
 * A folder of read-only files, `objects/ab/cdef…`, each named by its digest. An object appears by a hard link from
 * a finished temporary file, so that it is there whole or not at all and exactly one of several writers makes it.
 */
export class DiskStore implements ContentStore {
  readonly kind = 'disk';
  readonly direct = null;
  readonly scratchDir: string;
  readonly memory: StoreMemory;
  readonly #objects: string;
  readonly #staging: string;
  readonly #flush: DiskFlush;

  private constructor(root: string) {
    this.scratchDir = root;
    this.memory = new StoreMemory(root);
    this.#objects = join(root, 'objects');
    this.#staging = join(root, 'staging');
    this.#flush = new DiskFlush(root);
  }

  /**
   * Makes the folders that are missing.
   * @throws Unavailable when the folder cannot be made
   */
  static async open(folder: string): Promise<DiskStore> {
    const store = new DiskStore(resolve(folder));
    try {
      await mkdir(store.#staging, { recursive: true });
      const shelves = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
      await Promise.all(shelves.map((shelf) => mkdir(join(store.#objects, shelf), { recursive: true })));
    } catch (error) {
      throw translateDiskError(error, `the media folder ${folder} cannot be prepared`);
    }
    return store;
  }

  async put(content: VerifiedBytes, { replace = false } = {}): Promise<'stored' | 'present'> {
    const path = this.#pathOf(content.sha256);
    try {
      if (replace) await rm(path, { force: true });
      if (this.#isWhole(path, content.sizeBytes)) return this.#remember(path, 'present');
      const staged = join(this.#staging, `put-${randomUUID()}`);
      return this.#remember(path, await this.#write(content, staged, path));
    } catch (error) {
      throw translateDiskError(error, `content ${content.sha256} cannot be stored`);
    }
  }

  flush(): Promise<void> {
    return this.#flush.flush();
  }

  async open(sha256: Sha256, range?: ByteRange): Promise<Readable> {
    try {
      const file = await open(this.#pathOf(sha256), 'r');
      return file.createReadStream({ ...range, highWaterMark: 256 * 1024 });
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new NotFound('content', sha256, { cause: error });
      throw translateDiskError(error, `content ${sha256} cannot be read`);
    }
  }

  async stat(sha256: Sha256): Promise<StoredObject | null> {
    try {
      const found = await stat(this.#pathOf(sha256), { bigint: true });
      return {
        sha256,
        sizeBytes: Number(found.size),
        storedAt: found.mtime,
        revision: `${found.ino}-${found.ctimeNs}`,
      };
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw translateDiskError(error, `content ${sha256} cannot be read`);
    }
  }

  async remove(sha256: Sha256): Promise<boolean> {
    try {
      await unlink(this.#pathOf(sha256));
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false;
      throw translateDiskError(error, `content ${sha256} cannot be removed`);
    }
  }

  async *list(after?: Sha256): AsyncIterable<StoredObject> {
    for (const shelf of (await readdir(this.#objects)).sort()) {
      if (after && shelf < after.slice(0, 2)) continue;
      for (const rest of (await readdir(join(this.#objects, shelf))).sort()) {
        const name = sha256Schema.safeParse(shelf + rest);
        if (!name.success || (after && name.data <= after)) continue;
        const object = await this.stat(name.data);
        if (object) yield object;
      }
    }
  }

  presignedGet(): Promise<null> {
    return Promise.resolve(null);
  }

  protect(): Promise<'unsupported'> {
    return Promise.resolve('unsupported');
  }

  async readId(): Promise<string | null> {
    try {
      return (await readFile(join(this.scratchDir, 'store-id'), 'utf8')).trim();
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw translateDiskError(error, `the media folder ${this.scratchDir} cannot be read`);
    }
  }

  async writeId(id: string): Promise<void> {
    const staged = join(this.#staging, `id-${randomUUID()}`);
    try {
      await writeFile(staged, `${id}\n`, { flush: true });
      await rename(staged, join(this.scratchDir, 'store-id'));
    } catch (error) {
      throw translateDiskError(error, `the media folder ${this.scratchDir} cannot be written to`);
    }
  }

  async check(): Promise<void> {
    const probe = join(this.#staging, `check-${randomUUID()}`);
    try {
      await writeFile(probe, 'ok');
      await rm(probe);
    } catch (error) {
      throw translateDiskError(error, `the media folder ${this.scratchDir} cannot be written to`);
    }
  }

  close(): Promise<void> {
    return this.flush();
  }

  #pathOf(sha256: Sha256): string {
    return join(this.#objects, sha256.slice(0, 2), sha256.slice(2));
  }

  #remember<T>(path: string, outcome: T): T {
    this.#flush.add(path);
    return outcome;
  }

  /** A file of another size is the remains of a power loss before a flush: it goes, so that the put makes it new. */
  #isWhole(path: string, sizeBytes: number): boolean {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && found.size !== sizeBytes) rmSync(path, { force: true });
    return found?.size === sizeBytes;
  }

  #write(content: VerifiedBytes, staged: string, path: string): Promise<'stored' | 'present'> {
    if ('file' in content) return this.#writeFile(content, staged, path);
    checkLength(content, content.bytes);
    if (content.sizeBytes < SYNC_BELOW) return Promise.resolve(writeSmall(content.bytes, staged, path));
    return promote(staged, path, () => writeFile(staged, content.bytes, { mode: 0o444, flag: 'wx' }));
  }

  async #writeFile(content: VerifiedBytes & { file: string }, staged: string, path: string) {
    if (dirname(resolve(content.file)) === this.#staging) {
      await chmod(content.file, 0o444);
      return linkOnce(content.file, path);
    }
    return promote(staged, path, () => copyHashed(content, staged));
  }
}

function checkLength({ sha256, sizeBytes }: VerifiedBytes, bytes: Uint8Array): void {
  if (bytes.length !== sizeBytes) {
    throw new IntegrityError(
      `content ${sha256} has the wrong length`,
      String(sizeBytes),
      String(bytes.length),
    );
  }
}

function writeSmall(bytes: Uint8Array, staged: string, path: string): 'stored' | 'present' {
  const file = openSync(staged, 'wx', 0o444);
  try {
    try {
      writeFileSync(file, bytes);
    } finally {
      closeSync(file);
    }
    linkSync(staged, path);
    return 'stored';
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'present';
    throw error;
  } finally {
    unlinkSync(staged);
  }
}

async function promote(
  staged: string,
  path: string,
  write: () => Promise<void>,
): Promise<'stored' | 'present'> {
  try {
    await write();
    return await linkOnce(staged, path);
  } finally {
    await rm(staged, { force: true });
  }
}

async function linkOnce(from: string, to: string): Promise<'stored' | 'present'> {
  try {
    await link(from, to);
    return 'stored';
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'present';
    throw error;
  }
}
