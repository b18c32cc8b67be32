import type { Readable } from 'node:stream';
import type { Sha256 } from '../model/digest.js';
import type { StoreMemory } from './store-memory.js';

/**
 * Where the verified bytes to put come from: small content in memory, large content in a spooled file.
 * The file stays the caller's to remove. A file in the store's own `scratchDir` may become the object itself
 * (a hard link), so nobody writes to it any more; a file from elsewhere is copied and hashed again on the way.
 */
export type VerifiedBytes = { sha256: Sha256; sizeBytes: number; mimeType: string } & (
  { bytes: Uint8Array } | { file: string }
);

export interface StoredObject {
  sha256: Sha256;
  sizeBytes: number;
  storedAt: Date;
  /** Differs whenever the stored object was written to since; equal values do not exclude a rotten disk. */
  revision: string;
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
  /**
   * A local folder for spooled uploads (`staging/`) and previews (`previews/`). Nothing in it is precious; on the
   * disk store it is on the same file system as the objects, so that a spooled file is promoted, not copied.
   */
  readonly scratchDir: string;
  /** Direct uploads by presigned request; null where the store has none (disk). */
  readonly direct: DirectUploads | null;
  readonly memory: StoreMemory;
  /**
   * Idempotent: `present` when the object was there already (losing a race to identical bytes is success). With
   * `replace` the object is written anew even so.
   * @throws IntegrityError when the bytes are not those of the digest, as far as the store looks
   * @throws Unavailable when the store does not answer or has no room
   */
  put(content: VerifiedBytes, options?: { replace?: boolean }): Promise<'stored' | 'present'>;
  /** After this resolves, every earlier `put` survives a power loss. Cheap to call once for many puts. */
  flush(): Promise<void>;
  /** @throws NotFound */
  open(sha256: Sha256, range?: ByteRange): Promise<Readable>;
  stat(sha256: Sha256): Promise<StoredObject | null>;
  /**
   * True when there was something to remove.
   * @throws Conflict when the object is locked against removal
   */
  remove(sha256: Sha256): Promise<boolean>;
  /** Ascending by digest; only those greater than `after` when it is given. */
  list(after?: Sha256): AsyncIterable<StoredObject>;
  /** A GET address that the caller may use directly for `seconds`, or null where the store has none (disk). */
  presignedGet(sha256: Sha256, seconds: number, headers: Record<string, string>): Promise<string | null>;
  /**
   * Locks the object against removal until then, where the store can (an S3 bucket with object lock).
   * `unsupported` otherwise. A lock is only ever extended.
   */
  protect(sha256: Sha256, until: Date): Promise<'protected' | 'unsupported'>;
  /** The id that was written last, null for a store that has none. */
  readId(): Promise<string | null>;
  writeId(id: string): Promise<void>;
  /** @throws Unavailable when the store does not answer or cannot be written to. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** A request that somebody else may send as it stands: exactly this method, address and headers. */
export interface PresignedRequest {
  method: 'PUT';
  url: string;
  headers: Record<string, string>;
}

/** Uploads that go to the store without passing through the service. */
export interface DirectUploads {
  /** One request of exactly these bytes: the store itself refuses any other. At most 5 GiB. */
  presignedPut(sha256: Sha256, sizeBytes: number, seconds: number): Promise<PresignedRequest>;
  /** Starts an upload in parts, to a staging key of its own; the answer names it in the calls below. */
  startParts(): Promise<string>;
  /** Parts are numbered from 1; all but the last hold at least 5 MiB. */
  presignedPart(upload: string, part: number, seconds: number): Promise<PresignedRequest>;
  /**
   * Joins the parts that arrived, in order, and gives the joined bytes, whose digest nobody has checked yet.
   * May be called again after a failure.
   * @throws NotFound when there is no such upload
   */
  openJoined(upload: string): Promise<Readable>;
  /** Removes whatever arrived for this upload; nothing when there is nothing. */
  discardParts(upload: string): Promise<void>;
  /** Discards every upload started before then that was neither completed nor discarded; tells how many. */
  discardAbandoned(before: Date): Promise<number>;
}
