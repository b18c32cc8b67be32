import { Gathering } from '../db/gathering.js';
import { AppError } from '../errors.js';

/** A larger statement would make its first caller wait for its last. */
const maxIds = 500;

interface Waiting<T> {
  resolve: (value: T | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers point reads that arrive together with one statement: a statement costs the server nearly the same whether it
 * asks for one id or for fifty.
 *
 * A read never joins a statement that has started already, so every answer is at least as new as its question.
 */
export class SharedReads<T> {
  private waiting = new Map<string, Waiting<T>[]>();
  private callers = 0;
  private readonly gathering = new Gathering(
    () => this.callers,
    () => this.answer(this.take()),
  );

  constructor(private readonly load: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) {}

  /** undefined where there is nothing with this id. */
  read(id: string): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const others = this.waiting.get(id);
      if (others) others.push({ resolve, reject });
      else this.waiting.set(id, [{ resolve, reject }]);
      this.callers += 1;
      this.gathering.arrived();
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
