import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { IntegrityError, NotFound } from '../../errors.js';
import { sha256 as sha256Schema, type Sha256 } from '../../model/digest.js';
import type { ByteRange, ContentStore, StoredObject, VerifiedBytes } from '../content-store.js';
import { StoreMemory } from '../store-memory.js';
import { translateDiskError } from '../system-errors.js';
import { S3DirectUploads, UploadClient } from './s3-direct.js';
import { isMissing, retrying, s3Code, translateS3Error } from './s3-errors.js';
import { S3Locks } from './s3-locks.js';
import { wholeBody } from './s3-body.js';
import { openTransport, type S3Transport } from './s3-transport.js';

export interface S3Options {
  /** http:// or https:// address of the server. */
  endpoint: string;
  accessKey: string;
  secretKey: string;
  bucket: string;
  region: string;
  scratchDir: string;
  /** Milliseconds of silence after which a request has failed; 30,000 when absent. */
  idleMs?: number;
  /** How many connections at most; 64 when absent. */
  sockets?: number;
  /** The mode in which `protect` locks; GOVERNANCE when absent. COMPLIANCE cannot be undone by anybody. */
  lockMode?: 'GOVERNANCE' | 'COMPLIANCE';
}

const prefix = 'objects/';
const idKey = 'store-id';

/** Objects `objects/<digest>` in one bucket of MinIO or any other S3. */
export class S3Store implements ContentStore {
  readonly kind = 's3';
  readonly scratchDir: string;
  readonly memory: StoreMemory;
  readonly direct: S3DirectUploads;
  readonly #options: S3Options;
  readonly #client: UploadClient;
  readonly #http: S3Transport;
  readonly #locks: S3Locks;

  private constructor(options: S3Options) {
    this.#options = options;
    this.scratchDir = resolve(options.scratchDir);
    this.memory = new StoreMemory(this.scratchDir);
    const url = new URL(options.endpoint);
    const secure = url.protocol === 'https:';
    this.#http = openTransport(secure, options.sockets ?? 64, options.idleMs ?? 30_000);
    this.#client = new UploadClient({
      endPoint: url.hostname,
      port: Number(url.port) || (secure ? 443 : 80),
      useSSL: secure,
      accessKey: options.accessKey,
      secretKey: options.secretKey,
      region: options.region,
      transport: this.#http.transport,
      transportAgent: this.#http.agent,
      retryOptions: { disableRetry: true },
    });
    this.direct = new S3DirectUploads(options, this.#client, keyOf);
    this.#locks = new S3Locks(this.#client, options.bucket, options.lockMode ?? 'GOVERNANCE');
  }

  /**
   * Makes the bucket when it is missing.
   * @throws Unavailable when the server does not answer or refuses the keys
   */
  static async open(options: S3Options): Promise<S3Store> {
    const store = new S3Store(options);
    await mkdir(join(store.scratchDir, 'staging'), { recursive: true }).catch((error: unknown) => {
      throw translateDiskError(error, `the folder ${store.scratchDir} cannot be prepared`);
    });
    await store.#makeBucket();
    return store;
  }

  put(content: VerifiedBytes, { replace = false } = {}): Promise<'stored' | 'present'> {
    const what = `content ${content.sha256} cannot be stored`;
    return retrying(what, () =>
      'file' in content ? this.#putFile(content, replace) : this.#putBytes(content, replace),
    );
  }

  /** An S3 server answers a PUT only when the object is safe: there is nothing left to do. */
  flush(): Promise<void> {
    return Promise.resolve();
  }

  async open(sha256: Sha256, range?: ByteRange): Promise<Readable> {
    const what = `content ${sha256} cannot be read`;
    const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
    const get = { method: 'GET', bucketName: this.#options.bucket, objectName: keyOf(sha256), headers };
    const response = await retrying(what, () =>
      this.#client
        .makeRequestAsync(get, '', [range ? 206 : 200], this.#options.region)
        .catch((error: unknown) => {
          throw isMissing(error) ? new NotFound('content', sha256, { cause: error }) : error;
        }),
    );
    return wholeBody(response, what);
  }

  stat(sha256: Sha256): Promise<StoredObject | null> {
    return retrying(`content ${sha256} cannot be looked up`, async () => {
      try {
        const { size, etag, lastModified } = await this.#client.statObject(
          this.#options.bucket,
          keyOf(sha256),
        );
        return {
          sha256,
          sizeBytes: size,
          storedAt: lastModified,
          revision: `${etag}-${lastModified.getTime()}`,
        };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });
  }

  remove(sha256: Sha256): Promise<boolean> {
    return retrying(`content ${sha256} cannot be removed`, () =>
      this.#locks.removeAllVersions(keyOf(sha256)),
    );
  }

  async *list(after?: Sha256): AsyncIterable<StoredObject> {
    const items = this.#client.listObjectsV2(this.#options.bucket, prefix, true, after ? keyOf(after) : '');
    try {
      for await (const item of items) {
        const { name, size, lastModified, etag } = listedItem.parse(item);
        const digest = sha256Schema.safeParse(name.slice(prefix.length));
        if (!digest.success) continue;
        const revision = `${etag}-${lastModified.getTime()}`;
        yield { sha256: digest.data, sizeBytes: size, storedAt: lastModified, revision };
      }
    } catch (error) {
      throw translateS3Error(error, 'the stored content cannot be listed');
    }
  }

  presignedGet(sha256: Sha256, seconds: number, headers: Record<string, string>): Promise<string> {
    const answerHeaders: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers))
      answerHeaders[`response-${name.toLowerCase()}`] = value;
    return this.#client.presignedGetObject(this.#options.bucket, keyOf(sha256), seconds, answerHeaders);
  }

  protect(sha256: Sha256, until: Date): Promise<'protected' | 'unsupported'> {
    return retrying(`content ${sha256} cannot be protected`, () =>
      this.#locks.protect(keyOf(sha256), sha256, until),
    );
  }

  readId(): Promise<string | null> {
    return retrying('the id of the media store cannot be read', async () => {
      try {
        const answer = await this.#client.getObject(this.#options.bucket, idKey);
        return Buffer.concat(await answer.toArray())
          .toString('utf8')
          .trim();
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    });
  }

  writeId(id: string): Promise<void> {
    return retrying('the id of the media store cannot be written', async () => {
      await this.#client.putObject(this.#options.bucket, idKey, id);
    });
  }

  async check(): Promise<void> {
    const { bucket, endpoint } = this.#options;
    const there = await retrying(`the media store at ${endpoint} does not serve`, () =>
      this.#client.bucketExists(bucket),
    );
    if (!there)
      throw translateS3Error(new Error(`bucket ${bucket} does not exist`), `the media store at ${endpoint}`);
  }

  close(): Promise<void> {
    this.#http.agent.destroy();
    return Promise.resolve();
  }

  async #makeBucket(): Promise<void> {
    const { bucket, region, endpoint } = this.#options;
    await retrying(`the media store at ${endpoint} cannot be opened`, async () => {
      if (await this.#client.bucketExists(bucket)) return;
      await this.#client.makeBucket(bucket, region).catch((error: unknown) => {
        if (!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(s3Code(error) ?? '')) throw error;
      });
    });
  }

  async #putBytes({ bytes, ...content }: VerifiedBytes & { bytes: Uint8Array }, replace: boolean) {
    checkLength(content, bytes.length);
    const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#putOnce(content, body, replace);
  }

  /** Asks first: sending a large file only to hear that it is there already would waste a minute. */
  async #putFile({ file, ...content }: VerifiedBytes & { file: string }, replace: boolean) {
    if (!replace && (await this.stat(content.sha256))) return 'present';
    checkLength(content, (await stat(file)).size);
    return this.#putOnce(content, createReadStream(file, { highWaterMark: 1 << 20 }), replace);
  }

  /**
   * One PUT that the server carries out only when the object is not there, or is to be replaced, and only when what arrives has the
   * digest: it is the signed payload hash and the checksum (over https the client signs no payload hash).
   */
  async #putOnce(
    content: Omit<VerifiedBytes, 'bytes' | 'file'>,
    body: Buffer | Readable,
    replace: boolean,
  ): Promise<'stored' | 'present'> {
    const request = {
      method: 'PUT',
      bucketName: this.#options.bucket,
      objectName: keyOf(content.sha256),
      headers: {
        'content-length': String(content.sizeBytes),
        'content-type': content.mimeType,
        ...(replace ? {} : { 'if-none-match': '*' }),
        'x-amz-checksum-sha256': Buffer.from(content.sha256, 'hex').toString('base64'),
      },
    };
    const payloadHash = this.#client.enableSHA256 ? content.sha256 : '';
    try {
      const answer = await this.#client.makeRequestStreamAsync(
        request,
        body,
        payloadHash,
        [200],
        this.#options.region,
      );
      answer.resume();
      return 'stored';
    } catch (error) {
      if (s3Code(error) === 'PreconditionFailed') return 'present';
      throw error;
    } finally {
      if (!Buffer.isBuffer(body)) body.destroy();
    }
  }
}

const listedItem = z.object({ name: z.string(), size: z.number(), lastModified: z.date(), etag: z.string() });

function keyOf(sha256: Sha256): string {
  return prefix + sha256;
}

function checkLength({ sha256, sizeBytes }: { sha256: Sha256; sizeBytes: number }, found: number): void {
  if (found !== sizeBytes) {
    throw new IntegrityError(`content ${sha256} has the wrong length`, String(sizeBytes), String(found));
  }
}
