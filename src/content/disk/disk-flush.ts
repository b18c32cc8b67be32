import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { hasCode } from '../../errors.js';
import { translateDiskError } from '../system-errors.js';

const run = promisify(execFile);

/** Up to this many files are flushed one by one; more by one flush of the whole file system. */
const ONE_BY_ONE = 4;

/**
 * Makes files and their names durable in few, large steps: an import that puts thousands of small files pays one
 * `syncfs` for each batch instead of an `fsync` for each file. Flushes never overlap; callers who come while one
 * runs share the next.
 */
export class DiskFlush {
  readonly #folder: string;
  #pending = new Set<string>();
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  /** @param folder any folder of the file system to flush */
  constructor(folder: string) {
    this.#folder = folder;
  }

  add(path: string): void {
    this.#pending.add(path);
  }

  /** @throws Unavailable; what was to be flushed then stays for the next call */
  flush(): Promise<void> {
    this.#next ??= this.#after(this.#running);
    return this.#next;
  }

  async #after(running: Promise<void>): Promise<void> {
    await Promise.allSettled([running]);
    this.#running = this.#next ?? this.#running;
    this.#next = null;
    const paths = this.#pending;
    this.#pending = new Set();
    try {
      await this.#makeDurable([...paths]);
    } catch (error) {
      for (const path of paths) this.#pending.add(path);
      throw translateDiskError(error, 'stored content cannot be made durable');
    }
  }

  async #makeDurable(paths: string[]): Promise<void> {
    if (paths.length > ONE_BY_ONE) return this.#syncFileSystem();
    await Promise.all(paths.map(syncPath));
    await Promise.all([...new Set(paths.map((path) => dirname(path)))].map(syncPath));
  }

  async #syncFileSystem(): Promise<void> {
    try {
      await run('sync', ['-f', this.#folder]);
    } catch {
      // `-f` is GNU's: elsewhere `sync` flushes every file system, which is more than is needed.
      await run('sync');
    }
  }
}

/** Works for a folder too: its entries are then durable. A path removed since has nothing to be flushed. */
async function syncPath(path: string): Promise<void> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
