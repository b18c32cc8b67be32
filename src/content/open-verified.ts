import { Readable } from 'node:stream';
import { IntegrityError, NotFound, Unavailable } from '../errors.js';
import { digestOf, type Sha256 } from '../model/digest.js';
import type { ByteRange, ContentStore, StoredObject } from './content-store.js';
import { Digester, digestStream } from './digest-stream.js';

/** Up to this many bytes an object is read and hashed whole before the first byte goes out. */
const wholeLimit = 8 << 20;
/**
 * Stored bytes, of which none that is wrong is given out as good:
 * - small objects are hashed whole before the first byte;
 * - a large object read whole is hashed as it goes, and its last piece is held back until the digest is right, so that
 *   a reader of a rotten object gets an error and a short body, never a complete one;
 * - before a part of a large object is read, the whole is hashed, unless that was done in the last ten minutes and the
 *   object has not been written to since.
 * @throws NotFound when the store has no such object
 * @throws IntegrityError, here or from the stream, when the bytes are not those of the digest
 */
export async function openVerified(
  store: ContentStore,
  content: { sha256: Sha256; sizeBytes: number },
  range: ByteRange | null,
): Promise<Readable> {
  if (content.sizeBytes <= wholeLimit) return openSmall(store, content.sha256, range);
  const object = await store.stat(content.sha256);
  if (object && object.sizeBytes !== content.sizeBytes) throw wrongLength(object, content.sizeBytes);
  if (!range || (range.start === 0 && range.end === content.sizeBytes - 1)) {
    const checked = checkedStream(store, object, await store.open(content.sha256), content.sha256);
    return Readable.from(checked, { objectMode: false, highWaterMark: 256 * 1024 });
  }
  if (object) await verifyOnce(store, object);
  return store.open(content.sha256, range);
}

async function openSmall(store: ContentStore, sha256: Sha256, range: ByteRange | null): Promise<Readable> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of toBytes(await store.open(sha256))) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const found = digestOf(bytes);
  if (found !== sha256) throw rotten(sha256, found);
  const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
  return Readable.from(part.length > 0 ? [part] : [], { objectMode: false });
}

async function* checkedStream(
  store: ContentStore,
  object: StoredObject | null,
  input: Readable,
  sha256: Sha256,
): AsyncGenerator<Uint8Array> {
  const digester = new Digester();
  let heldBack: Uint8Array | null = null;
  for await (const chunk of toBytes(input)) {
    digester.update(chunk);
    if (heldBack) yield heldBack;
    heldBack = chunk;
  }
  const found = digester.digest();
  if (found !== sha256) throw rotten(sha256, found);
  if (object) store.memory.trust(object);
  if (heldBack) yield heldBack;
}

/**
 * Looks at a stored object as far as is done before the first byte of all of it goes out: one that is not small by its
 * length alone. What was found whole lately is trusted.
 * @throws NotFound, IntegrityError
 */
export async function verifyStored(
  store: ContentStore,
  { sha256, sizeBytes }: { sha256: Sha256; sizeBytes: number },
): Promise<void> {
  const object = await store.stat(sha256);
  if (!object) throw new NotFound('content', sha256);
  if (object.sizeBytes !== sizeBytes) throw wrongLength(object, sizeBytes);
  if (sizeBytes <= wholeLimit) await verifyOnce(store, object);
}

/** Whether a stored object has these many bytes, and they are those of its digest; what was found whole lately is trusted. */
export async function isWhole(
  store: ContentStore,
  object: StoredObject,
  sizeBytes: number,
): Promise<boolean> {
  if (object.sizeBytes !== sizeBytes) return false;
  try {
    await verifyOnce(store, object);
    return true;
  } catch (error) {
    if (error instanceof IntegrityError || error instanceof NotFound) return false;
    if (!(error instanceof Unavailable)) throw error;
    // MinIO answers so for one object whose disk has rotted; a store that is away fails here.
    await store.check();
    return false;
  }
}

function verifyOnce(store: ContentStore, object: StoredObject): Promise<void> {
  return store.memory.ensureVerified(object, async () => {
    const found = await digestStream(toBytes(await store.open(object.sha256)));
    if (found.sha256 !== object.sha256) throw rotten(object.sha256, found.sha256);
  });
}

function rotten(sha256: Sha256, found: string): IntegrityError {
  return new IntegrityError(`the stored bytes of content ${sha256} are not what was stored`, sha256, found);
}

function wrongLength({ sha256, sizeBytes }: StoredObject, expected: number): IntegrityError {
  const message = `content ${sha256} is stored with the wrong length`;
  return new IntegrityError(message, `${expected} bytes`, `${sizeBytes} bytes`);
}

function toBytes(input: Readable): AsyncIterable<Uint8Array> {
  return input;
}
