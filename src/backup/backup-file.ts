import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { types } from 'node:util';
import { createGunzip, createGzip } from 'node:zlib';
import { InvalidInput } from '../errors.js';
import { textLines } from './text-lines.js';

const isCompressed = (file: string) => file.endsWith('.gz');

/**
 * Makes a file of what `produce` writes, compressed when the name ends in .gz. The file appears, or replaces the one
 * that was there, whole and on the disk, or not at all. Whether it can be made shows before `produce` begins.
 * @throws InvalidInput when it cannot
 */
export async function writeBackupFile<T>(
  file: string,
  produce: (write: (text: AsyncIterable<string>) => Promise<void>) => Promise<T>,
): Promise<T> {
  const partial = `${file}.${process.pid}.partial`;
  const target = createWriteStream(partial, { flags: 'wx', flush: true });
  try {
    await opened(target, file);
    const result = await produce((text) => {
      const source = Readable.from(text, { objectMode: false });
      return isCompressed(file) ? pipeline(source, createGzip(), target) : pipeline(source, target);
    });
    await rename(partial, file);
    return result;
  } finally {
    target.destroy();
    await rm(partial, { force: true });
  }
}

function opened(target: NodeJS.EventEmitter, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    target.once('open', () => resolve());
    target.once('error', (cause: Error) => {
      reject(new InvalidInput(`${file} cannot be written: ${cause.message}`, [], 'invalid_input', { cause }));
    });
  });
}

/**
 * The lines of a file, decompressed when its name ends in .gz.
 * @throws InvalidInput for a file that cannot be read, is not compressed as its name says, or is no text
 */
export async function* readBackupFile(file: string): AsyncGenerator<string> {
  try {
    yield* textLines(bytesOf(file));
  } catch (cause) {
    if (!types.isNativeError(cause) || !('code' in cause) || cause instanceof InvalidInput) throw cause;
    throw new InvalidInput(`${file} cannot be read: ${cause.message}`, [], 'invalid_input', { cause });
  }
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  if (!isCompressed(file)) {
    yield* source;
    return;
  }
  const unpacked = createGunzip();
  const piped = pipeline(source, unpacked);
  // Its failure shows on `unpacked`, too, where it is heard.
  piped.catch(() => undefined);
  yield* unpacked;
  await piped;
}
