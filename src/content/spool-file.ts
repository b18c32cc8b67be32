import { open, type FileHandle } from 'node:fs/promises';

/** A new file that is only appended to, in order. */
export class SpoolFile {
  #handle: FileHandle | null;

  private constructor(
    readonly path: string,
    handle: FileHandle,
  ) {
    this.#handle = handle;
  }

  /** Readable for its owner alone: it may hold what was never meant to be kept. */
  static async open(path: string): Promise<SpoolFile> {
    return new SpoolFile(path, await open(path, 'wx', 0o600));
  }

  /** A write that the system carries out in part is carried on; the system's limit on buffers a call is respected. */
  async append(chunks: Uint8Array[]): Promise<void> {
    if (!this.#handle) throw new Error('the spool file is closed');
    for (let rest = chunks.filter((chunk) => chunk.length > 0); rest.length > 0;) {
      const { bytesWritten } = await this.#handle.writev(rest.slice(0, 512));
      rest = after(rest, bytesWritten);
    }
  }

  /** Idempotent. */
  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }
}

function after(chunks: Uint8Array[], written: number): Uint8Array[] {
  let left = written;
  let whole = 0;
  for (const chunk of chunks) {
    if (chunk.length > left) break;
    left -= chunk.length;
    whole++;
  }
  const [first, ...others] = chunks.slice(whole);
  return first ? [first.subarray(left), ...others] : [];
}
