import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { IntegrityError } from '../errors.js';
import type { Sha256 } from '../model/digest.js';
import { Digester } from './digest-stream.js';

/**
 * Copies a file to a new, read-only one, hashing what is copied.
 * @throws IntegrityError when it is not the digest's bytes (the file changed since it was hashed); the copy is
 * then the caller's to remove
 */
export async function copyHashed(content: { sha256: Sha256; file: string }, to: string): Promise<void> {
  const digester = new Digester();
  await pipeline(
    createReadStream(content.file, { highWaterMark: 1 << 20 }),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        digester.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(to, { flags: 'wx', mode: 0o444, highWaterMark: 1 << 22 }),
  );
  const found = digester.digest();
  if (found !== content.sha256) {
    throw new IntegrityError(`${content.file} changed while it was being stored`, content.sha256, found);
  }
}
