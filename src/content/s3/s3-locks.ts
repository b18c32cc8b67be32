import type { Client } from 'minio';
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.js';
import type { Sha256 } from '../../model/digest.js';
import { isMissing, s3Code } from './s3-errors.js';

const version = z.object({ name: z.string(), versionId: z.string().optional() });
const retention = z.object({ retainUntilDate: z.coerce.date() });

/** Retention of objects in a bucket that was made with object lock, and removal in the versioned bucket it is. */
export class S3Locks {
  #enabled: boolean | null = null;

  constructor(
    private readonly client: Client,
    private readonly bucket: string,
    private readonly mode: 'GOVERNANCE' | 'COMPLIANCE',
  ) {}

  async protect(key: string, sha256: Sha256, until: Date): Promise<'protected' | 'unsupported'> {
    if (!(await this.#isEnabled())) return 'unsupported';
    const { versionId } = await this.client.statObject(this.bucket, key).catch((error: unknown) => {
      throw isMissing(error) ? new NotFound('content', sha256, { cause: error }) : error;
    });
    const held = await this.#heldUntil(key);
    if (held && held >= until) return 'protected';
    await this.client.putObjectRetention(this.bucket, key, {
      // The type demands a mode from an enum that the package does not export as a value.
      mode: this.mode as never,
      retainUntilDate: until.toISOString(),
      versionId: versionId ?? 'null',
    });
    return 'protected';
  }

  /** In a versioned bucket a plain removal only hides the object: each version goes by its id. */
  async removeAllVersions(key: string): Promise<boolean> {
    if (!(await this.#isVersioned())) {
      const there = await this.#exists(key);
      if (there) await this.client.removeObject(this.bucket, key);
      return there;
    }
    let removed = false;
    for await (const item of this.client.listObjects(this.bucket, key, true, { IncludeVersion: true })) {
      const { name, versionId } = version.parse(item);
      if (name !== key) continue;
      await this.#removeVersion(key, versionId);
      removed = true;
    }
    return removed;
  }

  async #removeVersion(key: string, versionId: string | undefined): Promise<void> {
    try {
      await this.client.removeObject(this.bucket, key, versionId ? { versionId } : {});
    } catch (error) {
      if (!['ObjectLocked', 'AccessDenied', 'InvalidRequest'].includes(s3Code(error) ?? '')) throw error;
      throw new Conflict(`${key} is locked against removal`, 'conflict', { key }, { cause: error });
    }
  }

  async #exists(key: string): Promise<boolean> {
    try {
      await this.client.statObject(this.bucket, key);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async #heldUntil(key: string): Promise<Date | null> {
    try {
      const held: unknown = await this.client.getObjectRetention(this.bucket, key);
      return retention.safeParse(held).data?.retainUntilDate ?? null;
    } catch (error) {
      if (s3Code(error) === 'NoSuchObjectLockConfiguration') return null;
      throw error;
    }
  }

  async #isVersioned(): Promise<boolean> {
    const answer: unknown = await this.client.getBucketVersioning(this.bucket);
    return z.object({ Status: z.string() }).safeParse(answer).success;
  }

  /** Object lock is decided when a bucket is made, so one answer holds; a failed question is asked again. */
  async #isEnabled(): Promise<boolean> {
    if (this.#enabled !== null) return this.#enabled;
    try {
      const config: unknown = await Promise.resolve(this.client.getObjectLockConfig(this.bucket));
      this.#enabled = z.object({ objectLockEnabled: z.literal('Enabled') }).safeParse(config).success;
    } catch (error) {
      if (s3Code(error) !== 'ObjectLockConfigurationNotFoundError') throw error;
      this.#enabled = false;
    }
    return this.#enabled;
  }
}
