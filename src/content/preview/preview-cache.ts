import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCode } from '../../errors.js';

/** Files that can be made again, the least recently used removed when there are too many bytes of them. */
export class PreviewCache {
  readonly #making = new Map<string, Promise<Uint8Array | null>>();
  /** Bytes written since the last look at the folder; the first use looks. */
  #unchecked = Infinity;

  /** @param limitBytes 256 MiB when absent */
  constructor(
    private readonly folder: string,
    private readonly limitBytes = 256 << 20,
  ) {}

  /** The bytes kept under a name (letters, digits, dot and dash), made when they are not there; callers share one making. */
  get(name: string, make: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
    const making = this.#making.get(name);
    if (making) return making;
    const started = this.#readOrMake(join(this.folder, name.slice(0, 2), name), make).finally(() => {
      this.#making.delete(name);
    });
    this.#making.set(name, started);
    return started;
  }

  /** Removes all whose names begin so; at least two characters. */
  async forget(prefix: string): Promise<void> {
    const shelf = join(this.folder, prefix.slice(0, 2));
    const names = await readdir(shelf).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    });
    const ofPrefix = names.filter((name) => name.startsWith(prefix));
    await Promise.all(ofPrefix.map((name) => rm(join(shelf, name), { force: true })));
  }

  async #readOrMake(path: string, make: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
    try {
      const bytes = await readFile(path);
      await utimes(path, new Date(), new Date());
      return bytes;
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
    const made = await make();
    if (made) await this.#keep(path, made);
    return made;
  }

  async #keep(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, bytes);
    await rename(temporary, path);
    this.#unchecked += bytes.length;
    if (this.#unchecked > this.limitBytes / 10) {
      this.#unchecked = 0;
      await this.#shrink();
    }
  }

  async #shrink(): Promise<void> {
    const files: { path: string; sizeBytes: number; usedAt: number }[] = [];
    for (const shelf of await readdir(this.folder)) {
      for (const name of await readdir(join(this.folder, shelf))) {
        const path = join(this.folder, shelf, name);
        const found = await stat(path).catch(() => null);
        if (found) files.push({ path, sizeBytes: found.size, usedAt: found.mtimeMs });
      }
    }
    let total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { path, sizeBytes } of files.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.limitBytes * 0.9) break;
      await rm(path, { force: true });
      total -= sizeBytes;
    }
  }
}
