/** Lets each caller have so many things under way at once; further ones of the same caller wait, first come first served. */
export class Turns {
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #underWay = new Map<string, number>();

  constructor(private readonly atOnce: number) {}

  /**
   * Waits for a turn. @returns what ends it; calling it again does nothing
   * @throws the signal's reason when it is aborted first
   */
  async take(caller: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const busy = this.#underWay.get(caller) ?? 0;
    if (busy >= this.atOnce) await this.#wait(caller, signal);
    else this.#underWay.set(caller, busy + 1);
    let over = false;
    return () => {
      if (!over) this.#pass(caller);
      over = true;
    };
  }

  /** Resolves when a turn that ended has been handed on to it. */
  #wait(caller: string, signal: AbortSignal): Promise<void> {
    const queue = this.#waiting.get(caller) ?? [];
    this.#waiting.set(caller, queue);
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.splice(queue.indexOf(enter), 1);
        reject(signal.reason as Error);
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      queue.push(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #pass(caller: string): void {
    const next = this.#waiting.get(caller)?.shift();
    if (next) return next();
    this.#waiting.delete(caller);
    const busy = (this.#underWay.get(caller) ?? 1) - 1;
    if (busy > 0) this.#underWay.set(caller, busy);
    else this.#underWay.delete(caller);
  }
}
