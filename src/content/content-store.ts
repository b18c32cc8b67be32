import type { Readable } from 'node:stream';
import type { Sha256 } from '../model/digest.js';

/** Where the verified bytes to put come from: small content in memory, large content in a spooled file. */
export type VerifiedBytes = { sha256: Sha256; sizeBytes: number; mimeType: string } & (
  | { bytes: Uint8Array }
  | { file: string }
);

export interface StoredObject {
  sha256: Sha256;
  sizeBytes: number;
  storedAt: Date;
}

/** Inclusive byte positions, as in HTTP `Range`. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Bytes addressed by their SHA-256. One object for one digest, however often it is put.
 * Stores trust that `VerifiedBytes` were hashed (receive-content.ts is the one gate), and write atomically:
 * an object is visible whole or not at all.
 */
export interface ContentStore {
  readonly kind: 's3' | 'disk';
  /** Idempotent: `present` when the object was there already (losing a race to identical bytes is success). */
  put(content: VerifiedBytes): Promise<'stored' | 'present'>;
  /** After this resolves, every earlier `put` survives a power loss. */
  flush(): Promise<void>;
  /** @throws NotFound */
  open(sha256: Sha256, range?: ByteRange): Promise<Readable>;
  stat(sha256: Sha256): Promise<StoredObject | null>;
  /** True when there was something to remove. */
  remove(sha256: Sha256): Promise<boolean>;
  /** Ascending by digest. */
  list(): AsyncIterable<StoredObject>;
  /** A GET address that the caller may use directly for `seconds`, or null where the store has none (disk). */
  presignedGet(sha256: Sha256, seconds: number, headers: Record<string, string>): Promise<string | null>;
  /** @throws Unavailable when the store does not answer or cannot be written to. */
  check(): Promise<void>;
  close(): Promise<void>;
}
