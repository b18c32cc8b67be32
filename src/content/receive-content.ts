import { rm } from 'node:fs/promises';
import { IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, IntegrityError, InvalidInput } from '../errors.js';
import type { Sha256 } from '../model/digest.js';
import { Digester } from './digest-stream.js';
import { translateDiskError } from './system-errors.js';
import { SpoolFile } from './spool-file.js';
import { stagingPath } from './staging.js';

/** Bytes that went through the gate: their digest and length are facts. */
export type ReceivedContent = {
  sha256: Sha256;
  sizeBytes: number;
  /** Removes the staged file, if there is one; call it when the bytes are stored or not wanted. Idempotent. */
  discard: () => Promise<void>;
} & ({ bytes: Uint8Array } | { file: string });

export interface ReceiveOptions {
  /** A folder for the spooled file; `ContentStore.scratchDir`. */
  scratchDir: string;
  /** What the sender says it sends; checked. */
  declared?: { sha256?: Sha256 | undefined; sizeBytes?: number | undefined };
  /** Refuses longer input with `too_large`. */
  maxBytes?: number;
  /** Up to this many bytes stay in memory; 1 MiB when absent. */
  memoryBytes?: number;
  signal?: AbortSignal;
}

/**
 * The one gate for bytes from outside: hashes and counts them as they arrive, in constant memory and at the pace of
 * the disk. A failure of any kind, the sender's included, leaves nothing behind.
 * @throws IntegrityError when the digest is not the declared one
 * @throws InvalidInput when the length is not the declared one or above the limit, or the sender broke off
 * @throws Unavailable when the disk has no room
 */
export async function receiveContent(
  input: AsyncIterable<Uint8Array>,
  options: ReceiveOptions,
): Promise<ReceivedContent> {
  const spool = new Spool(options);
  try {
    await pipeline(named(input), spool, { signal: options.signal });
    return checkDeclared(spool.received(), options.declared ?? {});
  } catch (error) {
    await spool.discard();
    throw error;
  }
}

/** The sender's failures as the sender's, so that they are not taken for those of the disk. */
async function* named(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    // A request stays open for the answer that says what was wrong with it; anything else is closed.
    yield* input instanceof IncomingMessage ? input.iterator({ destroyOnReturn: false }) : input;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new InvalidInput('the content broke off before its end', [], 'invalid_input', { cause: error });
  }
}

function checkDeclared(
  received: ReceivedContent,
  { sha256, sizeBytes }: NonNullable<ReceiveOptions['declared']>,
): ReceivedContent {
  if (sizeBytes !== undefined && sizeBytes !== received.sizeBytes) {
    const message = `${sizeBytes} bytes were declared, ${received.sizeBytes} arrived`;
    throw new InvalidInput(message, [{ path: 'file_size', message }]);
  }
  if (sha256 !== undefined && sha256 !== received.sha256) {
    throw new IntegrityError('the content does not have the declared SHA-256', sha256, received.sha256);
  }
  return received;
}

/** Keeps the first bytes in memory and, when more come, all of them in a file. */
class Spool extends Writable {
  readonly #options: ReceiveOptions;
  readonly #digester = new Digester();
  #kept: Uint8Array[] = [];
  #file: SpoolFile | null = null;
  #taking: Promise<void> = Promise.resolve();

  constructor(options: ReceiveOptions) {
    // Chunks that arrive while one write is under way are written together by the next.
    super({ highWaterMark: 4 << 20 });
    this.#options = options;
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
    this.#taking = this.#take(chunks.map(({ chunk }) => chunk));
    this.#taking.then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    (this.#file?.close() ?? Promise.resolve()).then(() => done(), done);
  }

  received(): ReceivedContent {
    const discard = () => this.discard();
    const facts = { sizeBytes: this.#digester.sizeBytes, sha256: this.#digester.digest(), discard };
    return this.#file ? { ...facts, file: this.#file.path } : { ...facts, bytes: join(this.#kept) };
  }

  async discard(): Promise<void> {
    await Promise.allSettled([this.#taking]);
    this.#kept = [];
    if (!this.#file) return;
    await this.#file.close();
    await rm(this.#file.path, { force: true });
  }

  async #take(chunks: Uint8Array[]): Promise<void> {
    for (const chunk of chunks) this.#digester.update(chunk);
    const { maxBytes = Infinity, memoryBytes = 1 << 20, scratchDir } = this.#options;
    if (this.#digester.sizeBytes > maxBytes) {
      throw new InvalidInput(`the content is larger than ${maxBytes} bytes`, [], 'too_large');
    }
    if (!this.#file && this.#digester.sizeBytes <= memoryBytes) {
      this.#kept.push(...chunks);
      return;
    }
    try {
      this.#file ??= await SpoolFile.open(await stagingPath(scratchDir));
      await this.#file.append([...this.#kept, ...chunks]);
      this.#kept = [];
    } catch (error) {
      throw translateDiskError(error, 'the content cannot be received');
    }
  }
}

function join(chunks: Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}
