import { AppError } from '../errors.js';

/** A larger statement would make its first caller wait for its last. */
const maxIds = 500;
/** How long callers are expected back, in milliseconds: at most half of what the last statement took. */
const patience = { least: 1, most: 5 };

interface Waiting<T> {
  resolve: (value: T | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers point reads that arrive together with one statement: a statement costs the server nearly the same whether it
 * asks for one id or for fifty. One statement is under way at a time, and the next one fills up meanwhile. Callers that
 * ask again and again come back right after an answer, one after the other: the first of them waits a moment for as
 * many as the last statements had, so that they do not split into one and all the others. A lone caller never waits.
 *
 * A read never joins a statement that has started already, so every answer is at least as new as its question.
 */
export class SharedReads<T> {
  private waiting = new Map<string, Waiting<T>[]>();
  private callers = 0;
  private expected = 0;
  private lastTook = 0;
  private underWay = false;
  private immediate: NodeJS.Immediate | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly load: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {}

  /** undefined where there is nothing with this id. */
  read(id: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const others = this.waiting.get(id);
      if (others) others.push({ resolve, reject });
      else this.waiting.set(id, [{ resolve, reject }]);
      this.callers += 1;
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.underWay || this.immediate || this.waiting.size === 0) return;
    if (this.callers < Math.floor(this.expected)) {
      const wait = Math.min(patience.most, Math.max(patience.least, this.lastTook / 2));
      this.timer ??= setTimeout(() => this.send(), wait);
      return;
    }
    // After the sockets that are readable now have been read, so that their requests come along.
    this.immediate = setImmediate(() => this.send());
  }

  private send(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.immediate) clearImmediate(this.immediate);
    this.timer = null;
    this.immediate = null;
    this.underWay = true;
    this.expected = Math.max(this.callers, this.expected * 0.8);
    const began = performance.now();
    const batch = this.take();
    void this.answer(batch).then(() => {
      this.underWay = false;
      this.lastTook = performance.now() - began;
      this.schedule();
    });
  }

  /** A record that cannot be read fails its own callers only: what fails together is asked again one by one. */
  private async answer(batch: ReadonlyMap<string, Waiting<T>[]>): Promise<void> {
    try {
      const found = await this.load([...batch.keys()]);
      for (const [id, callers] of batch) for (const { resolve } of callers) resolve(found.get(id));
    } catch (error) {
      if (batch.size === 1 || error instanceof AppError) {
        for (const { reject } of [...batch.values()].flat()) reject(error);
      } else for (const [id, callers] of batch) await this.answer(new Map([[id, callers]]));
    }
  }

  private take(): ReadonlyMap<string, Waiting<T>[]> {
    const batch = this.waiting.size <= maxIds ? this.waiting : new Map([...this.waiting].slice(0, maxIds));
    this.waiting = new Map([...this.waiting].filter(([id]) => !batch.has(id)));
    this.callers = [...this.waiting.values()].reduce((sum, callers) => sum + callers.length, 0);
    return batch;
  }
}
