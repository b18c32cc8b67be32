import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { Client } from 'minio';
import { z } from 'zod';
import { InvalidInput, NotFound } from '../../errors.js';
import type { Sha256 } from '../../model/digest.js';
import type { DirectUploads, PresignedRequest } from '../content-store.js';
import { wholeBody } from './s3-body.js';
import { isMissing, retrying, s3Code } from './s3-errors.js';

interface Bucket {
  endpoint: string;
  accessKey: string;
  secretKey: string;
  bucket: string;
  region: string;
}

const prefix = 'uploads/';
/** What one PUT may hold, by the S3 specification. */
const largestPut = 5 * 1024 ** 3;
const handle = z
  .string()
  .regex(/^[0-9a-f-]{36}\.[A-Za-z0-9._~+/=-]{1,1000}$/, 'is not the name of an upload');
const incomplete = z.object({ key: z.string(), uploadId: z.string(), initiated: z.coerce.date() });
const listed = z.object({ name: z.string(), lastModified: z.date() });

/** The client, with the list of an upload's parts that it keeps to itself. */
export class UploadClient extends Client {
  partsOf(bucket: string, key: string, uploadId: string): Promise<{ part: number; etag?: string }[]> {
    return this.listParts(bucket, key, uploadId);
  }
}

/** Uploads that clients send to the store itself, by presigned requests. */
export class S3DirectUploads implements DirectUploads {
  readonly #signer: SignatureV4;

  constructor(
    private readonly at: Bucket,
    private readonly client: UploadClient,
    private readonly keyOf: (sha256: Sha256) => string,
  ) {
    this.#signer = new SignatureV4({
      service: 's3',
      region: at.region,
      credentials: { accessKeyId: at.accessKey, secretAccessKey: at.secretKey },
      sha256: Hash.bind(null, 'sha256'),
      uriEscapePath: false,
    });
  }

  /**
   * The minio client presigns an address alone; that the store refuses other bytes, and keeps an object that is there,
   * takes signed headers.
   */
  async presignedPut(sha256: Sha256, sizeBytes: number, seconds: number): Promise<PresignedRequest> {
    if (sizeBytes > largestPut)
      throw new InvalidInput('one request holds at most 5 GiB: upload in parts', [], 'too_large');
    const { protocol, hostname, port, host } = new URL(this.at.endpoint);
    const headers = {
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
      'if-none-match': '*',
      'content-length': String(sizeBytes),
    };
    const path = `/${this.at.bucket}/${this.keyOf(sha256)}`;
    const signed = await this.#signer.presign(
      {
        ...{ method: 'PUT', protocol, hostname, path, query: {} },
        ...(port === '' ? {} : { port: Number(port) }),
        headers: { ...headers, host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      },
      // Unless they stay headers, the server ignores them: any bytes would be stored.
      { expiresIn: seconds, unhoistableHeaders: new Set(['x-amz-checksum-sha256', 'if-none-match']) },
    );
    const query = new URLSearchParams(signed.query as Record<string, string>);
    return { method: 'PUT', url: `${protocol}//${host}${path}?${query.toString()}`, headers };
  }

  startParts(): Promise<string> {
    const name = randomUUID();
    return retrying('an upload cannot be started', async () => {
      return `${name}.${await this.client.initiateNewMultipartUpload(this.at.bucket, prefix + name, {})}`;
    });
  }

  async presignedPart(upload: string, part: number, seconds: number): Promise<PresignedRequest> {
    if (!Number.isInteger(part) || part < 1 || part > 10_000) {
      throw new InvalidInput('parts are numbered from 1 to 10000', [
        { path: 'part', message: 'out of range' },
      ]);
    }
    const { key, id } = parseHandle(upload);
    const query = { uploadId: id, partNumber: String(part) };
    const url = await this.client.presignedUrl('PUT', this.at.bucket, key, seconds, query);
    return { method: 'PUT', url, headers: {} };
  }

  async openJoined(upload: string): Promise<Readable> {
    const { key, id } = parseHandle(upload);
    return retrying(`upload ${upload} cannot be completed`, async () => {
      await this.#join(key, id);
      const get = { method: 'GET', bucketName: this.at.bucket, objectName: key };
      const response = await this.client
        .makeRequestAsync(get, '', [200], this.at.region)
        .catch((error: unknown) => {
          throw isMissing(error) ? new NotFound('upload', upload, { cause: error }) : error;
        });
      return wholeBody(response, `upload ${upload} cannot be read`);
    });
  }

  async discardParts(upload: string): Promise<void> {
    const { key, id } = parseHandle(upload);
    await retrying(`upload ${upload} cannot be discarded`, async () => {
      await this.client.abortMultipartUpload(this.at.bucket, key, id).catch((error: unknown) => {
        if (s3Code(error) !== 'NoSuchUpload') throw error;
      });
      await this.client.removeObject(this.at.bucket, key);
    });
  }

  discardAbandoned(before: Date): Promise<number> {
    return retrying('abandoned uploads cannot be discarded', async () => {
      let discarded = 0;
      for await (const item of this.client.listObjectsV2(this.at.bucket, prefix, true)) {
        const { name, lastModified } = listed.parse(item);
        if (lastModified >= before) continue;
        await this.client.removeObject(this.at.bucket, name);
        discarded++;
      }
      for await (const item of this.client.listIncompleteUploads(this.at.bucket, prefix, true)) {
        const { key, uploadId, initiated } = incomplete.parse(item);
        if (initiated >= before) continue;
        await this.client.abortMultipartUpload(this.at.bucket, key, uploadId);
        discarded++;
      }
      return discarded;
    });
  }

  /** An upload that was joined before is no upload any more, and its object is there. */
  async #join(key: string, id: string): Promise<void> {
    try {
      const listed = await this.client.partsOf(this.at.bucket, key, id);
      const parts = listed.map(({ part, etag = '' }) => ({ part, etag }));
      if (parts.length === 0) throw new InvalidInput('no part of this upload has arrived');
      await this.client.completeMultipartUpload(this.at.bucket, key, id, parts);
    } catch (error) {
      if (s3Code(error) !== 'NoSuchUpload') throw error;
    }
  }
}

function parseHandle(upload: string): { key: string; id: string } {
  const parsed = handle.safeParse(upload);
  if (!parsed.success)
    throw new InvalidInput('not the name of an upload', [
      { path: 'upload', message: parsed.error.issues[0]?.message ?? '' },
    ]);
  return { key: prefix + upload.slice(0, 36), id: upload.slice(37) };
}
