import type { Readable } from 'node:stream';
import { inTime } from '../db/in-time.js';
import { Pulse } from '../db/pulse.js';
import { Unavailable } from '../errors.js';
import type { Sha256 } from '../model/digest.js';
import type { ByteRange, ContentStore, DirectUploads, StoredObject, VerifiedBytes } from './content-store.js';

const probeMs = 2_000;

/** A store of which it is known whether it answers: while it does not, callers hear of it at once. */
export class WatchedStore implements ContentStore {
  readonly pulse = new Pulse(() => inTime(this.store.check(), { ms: probeMs, part: 'content' }));

  constructor(private readonly store: ContentStore) {}

  get kind(): ContentStore['kind'] {
    return this.store.kind;
  }

  get scratchDir(): string {
    return this.store.scratchDir;
  }

  get direct(): DirectUploads | null {
    this.refuseWhileDown();
    return this.store.direct;
  }

  async put(content: VerifiedBytes): Promise<'stored' | 'present'> {
    return this.answering().put(content);
  }

  async flush(): Promise<void> {
    return this.answering().flush();
  }

  async open(sha256: Sha256, range?: ByteRange): Promise<Readable> {
    return this.answering().open(sha256, range);
  }

  async stat(sha256: Sha256): Promise<StoredObject | null> {
    return this.answering().stat(sha256);
  }

  async remove(sha256: Sha256): Promise<boolean> {
    return this.answering().remove(sha256);
  }

  list(after?: Sha256): AsyncIterable<StoredObject> {
    return this.answering().list(after);
  }

  async presignedGet(
    sha256: Sha256,
    seconds: number,
    headers: Record<string, string>,
  ): Promise<string | null> {
    return this.answering().presignedGet(sha256, seconds, headers);
  }

  async protect(sha256: Sha256, until: Date): Promise<'protected' | 'unsupported'> {
    return this.answering().protect(sha256, until);
  }

  check(): Promise<void> {
    return this.store.check();
  }

  close(): Promise<void> {
    this.pulse.stop();
    return this.store.close();
  }

  private answering(): ContentStore {
    this.refuseWhileDown();
    return this.store;
  }

  private refuseWhileDown(): void {
    if (this.pulse.down) throw new Unavailable('content', 'the media store does not answer');
  }
}
