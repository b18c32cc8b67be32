import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Client } from 'minio';
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

/**
 * Presigned uploads. They are signed by the AWS client: the minio client can presign neither a checksum nor a
 * precondition. It is loaded on first use, as most processes never need it.
 */
export class S3DirectUploads implements DirectUploads {
  #aws: Promise<S3Client> | null = null;

  constructor(
    private readonly at: Bucket,
    private readonly client: Client,
    private readonly keyOf: (sha256: Sha256) => string,
  ) {}

  async presignedPut(sha256: Sha256, sizeBytes: number, seconds: number): Promise<PresignedRequest> {
    if (sizeBytes > largestPut)
      throw new InvalidInput('one request holds at most 5 GiB: upload in parts', [], 'too_large');
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    const checksum = Buffer.from(sha256, 'hex').toString('base64');
    const command = new PutObjectCommand({
      Bucket: this.at.bucket,
      Key: this.keyOf(sha256),
      ChecksumSHA256: checksum,
      ContentLength: sizeBytes,
      IfNoneMatch: '*',
    });
    // Unless they stay headers, the server ignores them: any bytes would be stored.
    const enforced = new Set(['x-amz-checksum-sha256', 'if-none-match']);
    const url = await getSignedUrl(await this.#signer(), command, {
      expiresIn: seconds,
      unhoistableHeaders: enforced,
      signableHeaders: new Set(['host', 'content-length', ...enforced]),
    });
    const headers = {
      'x-amz-checksum-sha256': checksum,
      'if-none-match': '*',
      'content-length': String(sizeBytes),
    };
    return { method: 'PUT', url, headers };
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
    const { UploadPartCommand } = await import('@aws-sdk/client-s3');
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    const { key, id } = parseHandle(upload);
    const command = new UploadPartCommand({
      Bucket: this.at.bucket,
      Key: key,
      UploadId: id,
      PartNumber: part,
    });
    return {
      method: 'PUT',
      url: await getSignedUrl(await this.#signer(), command, { expiresIn: seconds }),
      headers: {},
    };
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

  close(): void {
    void this.#aws?.then((client) => client.destroy());
  }

  /** An upload that was joined before is no upload any more, and its object is there. */
  async #join(key: string, id: string): Promise<void> {
    const { ListPartsCommand } = await import('@aws-sdk/client-s3');
    const aws = await this.#signer();
    try {
      const parts: { part: number; etag: string }[] = [];
      let marker: string | undefined;
      do {
        const page = await aws.send(
          new ListPartsCommand({ Bucket: this.at.bucket, Key: key, UploadId: id, PartNumberMarker: marker }),
        );
        for (const { PartNumber, ETag } of page.Parts ?? [])
          parts.push({ part: PartNumber ?? 0, etag: ETag ?? '' });
        marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
      } while (marker);
      if (parts.length === 0) throw new InvalidInput('no part of this upload has arrived');
      await this.client.completeMultipartUpload(this.at.bucket, key, id, parts);
    } catch (error) {
      if (s3Code(error) !== 'NoSuchUpload') throw error;
    }
  }

  #signer(): Promise<S3Client> {
    this.#aws ??= import('@aws-sdk/client-s3').then(
      ({ S3Client }) =>
        new S3Client({
          endpoint: this.at.endpoint,
          region: this.at.region,
          forcePathStyle: true,
          credentials: { accessKeyId: this.at.accessKey, secretAccessKey: this.at.secretKey },
          requestChecksumCalculation: 'WHEN_REQUIRED',
          responseChecksumValidation: 'WHEN_REQUIRED',
          requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
        }),
    );
    return this.#aws;
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
