import { join } from 'node:path';
import type { Sha256 } from '../model/digest.js';
import { PreviewCache } from './preview/preview-cache.js';

/** For how long a large object that was found good is not hashed again before a part of it is read. */
const trustMs = 10 * 60_000;
const trustedLimit = 10_000;

/** An object as it was last written. */
interface Written {
  sha256: Sha256;
  revision: string;
}

/** What this process knows of a store's objects and may forget at any time. */
export class StoreMemory {
  readonly previews: PreviewCache;
  readonly #trusted = new Map<Sha256, { revision: string; until: number }>();
  readonly #verifying = new Map<string, Promise<void>>();

  constructor(scratchDir: string) {
    this.previews = new PreviewCache(join(scratchDir, 'previews'));
  }

  /** The object was found whole just now. */
  trust({ sha256, revision }: Written): void {
    this.#trusted.delete(sha256);
    this.#trusted.set(sha256, { revision, until: performance.now() + trustMs });
    for (const oldest of this.#trusted.keys()) {
      if (this.#trusted.size <= trustedLimit) break;
      this.#trusted.delete(oldest);
    }
  }

  /** Verifies an object unless it was found whole lately and has not been written to since; callers share one reading. */
  async ensureVerified(object: Written, verify: () => Promise<void>): Promise<void> {
    const { sha256, revision } = object;
    const known = this.#trusted.get(sha256);
    if (known && known.revision === revision && known.until > performance.now()) return;
    const key = `${sha256} ${revision}`;
    const started = async () => {
      await verify();
      this.trust(object);
    };
    const running = this.#verifying.get(key) ?? started().finally(() => this.#verifying.delete(key));
    this.#verifying.set(key, running);
    await running;
  }
}
