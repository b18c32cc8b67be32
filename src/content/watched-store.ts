import type { Readable } from 'node:stream';
import { inTime } from '../db/in-time.js';
import { observe } from '../db/observed.js';
import { Pulse } from '../db/pulse.js';
import { Unavailable } from '../errors.js';
import type { Sha256 } from '../model/digest.js';
import type { ByteRange, ContentStore, DirectUploads, StoredObject, VerifiedBytes } from './content-store.js';
import type { StoreMemory } from './store-memory.js';

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

  get memory(): StoreMemory {
    return this.store.memory;
  }

  get direct(): DirectUploads | null {
    this.refuseWhileDown();
    return this.store.direct;
  }

  async put(content: VerifiedBytes, options?: { replace?: boolean }): Promise<'stored' | 'present'> {
    return this.call('put', (store) => store.put(content, options));
  }

  async flush(): Promise<void> {
    return this.call('flush', (store) => store.flush());
  }

  async open(sha256: Sha256, range?: ByteRange): Promise<Readable> {
    return this.call('open', (store) => store.open(sha256, range));
  }

  async stat(sha256: Sha256): Promise<StoredObject | null> {
    return this.call('stat', (store) => store.stat(sha256));
  }

  async remove(sha256: Sha256): Promise<boolean> {
    return this.call('remove', (store) => store.remove(sha256));
  }

  list(after?: Sha256): AsyncIterable<StoredObject> {
    this.refuseWhileDown();
    return this.store.list(after);
  }

  async presignedGet(
    sha256: Sha256,
    seconds: number,
    headers: Record<string, string>,
  ): Promise<string | null> {
    return this.call('presignedGet', (store) => store.presignedGet(sha256, seconds, headers));
  }

  async readId(): Promise<string | null> {
    return this.call('readId', (store) => store.readId());
  }

  async writeId(id: string): Promise<void> {
    return this.call('writeId', (store) => store.writeId(id));
  }

  async protect(sha256: Sha256, until: Date): Promise<'protected' | 'unsupported'> {
    return this.call('protect', (store) => store.protect(sha256, until));
  }

  check(): Promise<void> {
    return this.store.check();
  }

  close(): Promise<void> {
    this.pulse.stop();
    return this.store.close();
  }

  private call<T>(name: string, work: (store: ContentStore) => Promise<T>): Promise<T> {
    this.refuseWhileDown();
    return observe('content', name, () => work(this.store));
  }

  private refuseWhileDown(): void {
    if (this.pulse.down) throw new Unavailable('content', 'the media store does not answer');
  }
}
