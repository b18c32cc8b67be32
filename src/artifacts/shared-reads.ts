import { AppError } from '../errors.js';

/** Statements under way at a time: while they run, the next one fills up. Two keep server and client busy at once. */
const maxUnderWay = 1;
/** A larger statement would make its first caller wait for its last. */
const maxIds = 500;

interface Waiting<T> {
  resolve: (value: T | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers point reads that arrive together with one statement: a statement costs the server the same whether it asks
 * for one id or for fifty. A read never joins a statement that has started already, so every answer is at least as new
 * as its question.
 */
export class SharedReads<T> {
  private waiting = new Map<string, Waiting<T>[]>();
  private underWay = 0;
  private scheduled = false;

  constructor(private readonly load: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {}

  /** undefined where there is nothing with this id. */
  read(id: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const others = this.waiting.get(id);
      if (others) others.push({ resolve, reject });
      else this.waiting.set(id, [{ resolve, reject }]);
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.size === 0 || this.underWay >= maxUnderWay) return;
    this.scheduled = true;
    // After the sockets that are readable now have been read, so that their requests come along.
    setImmediate(() => {
      this.scheduled = false;
      void this.send();
      this.schedule();
    });
  }

  private async send(): Promise<void> {
    const batch = this.take();
    this.underWay += 1;
    try {
      await this.answer(batch);
    } finally {
      this.underWay -= 1;
      this.schedule();
    }
  }

  /** A record that cannot be read fails its own callers only: what fails together is asked again one by one. */
  private async answer(batch: Map<string, Waiting<T>[]>): Promise<void> {
    try {
      const found = await this.load([...batch.keys()]);
      for (const [id, callers] of batch) for (const { resolve } of callers) resolve(found.get(id));
    } catch (error) {
      if (batch.size === 1 || error instanceof AppError) {
        for (const { reject } of [...batch.values()].flat()) reject(error);
      } else for (const [id, callers] of batch) await this.answer(new Map([[id, callers]]));
    }
  }

  private take(): Map<string, Waiting<T>[]> {
    const all = this.waiting;
    if (all.size <= maxIds) {
      this.waiting = new Map();
      return all;
    }
    const batch = new Map([...all].slice(0, maxIds));
    for (const id of batch.keys()) all.delete(id);
    return batch;
  }
}
