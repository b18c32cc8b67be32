import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { sha256, type Sha256 } from '../model/digest.js';

/** A running SHA-256 with the number of bytes that it has seen. */
export class Digester {
  #hash = createHash('sha256');
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  update(chunk: Uint8Array): void {
    this.#sizeBytes += chunk.length;
    this.#hash.update(chunk);
  }

  /** Ends the run: call once. */
  digest(): Sha256 {
    return sha256.parse(this.#hash.digest('hex'));
  }
}

/** Constant memory however long the input is. */
export async function digestStream(
  input: AsyncIterable<Uint8Array>,
): Promise<{ sha256: Sha256; sizeBytes: number }> {
  const digester = new Digester();
  for await (const chunk of input) digester.update(chunk);
  return { sizeBytes: digester.sizeBytes, sha256: digester.digest() };
}

export function digestFile(path: string): Promise<{ sha256: Sha256; sizeBytes: number }> {
  return digestStream(createReadStream(path, { highWaterMark: 1 << 20 }));
}
