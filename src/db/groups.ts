/** A group that takes longer, in milliseconds, holds the next one back no more. */
const slowAfter = 100;
/** Beyond so many slow ones, the next waits all the same: each holds a connection to the database. */
const maxSlow = 8;

/** The next group fills while one is under way. */
export class Groups<One> {
  private readonly waiting: One[] = [];
  private isServing = false;
  private slow = 0;

  /** @param serve never rejects: it tells each of the group its outcome */
  constructor(
    private readonly serve: (group: One[]) => Promise<void>,
    private readonly maxSize: number,
  ) {}

  add(one: One): void {
    this.waiting.push(one);
    if (this.isServing) return;
    this.isServing = true;
    // After the sockets that are readable now have been read, so that their requests come along.
    setImmediate(() => void this.serveAll());
  }

  private async serveAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const serving = this.serve(this.waiting.splice(0, this.maxSize));
      if (this.slow < maxSlow) await this.unlessSlow(serving);
      else await serving;
    }
    this.isServing = false;
  }

  private unlessSlow(serving: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      let isSlow = false;
      const timer = setTimeout(() => {
        isSlow = true;
        this.slow += 1;
        resolve();
      }, slowAfter);
      void serving.then(() => {
        clearTimeout(timer);
        if (isSlow) this.slow -= 1;
        resolve();
      });
    });
  }
}

/** Somebody who waits in a group. */
export interface Waiting<I, O> {
  input: I;
  resolve: (output: O) => void;
  reject: (error: unknown) => void;
  signal: AbortSignal | null;
}

/** Waits in a group for an outcome, or until the signal says that nobody waits any more. */
export function waitFor<I, O>(
  input: I,
  signal: AbortSignal | null,
  add: (one: Waiting<I, O>) => void,
): Promise<O> {
  return new Promise<O>((resolve, reject) => {
    if (!signal) return add({ input, resolve, reject, signal });
    const onAbort = () => reject(signal.reason as Error);
    const leave = <T>(tell: (outcome: T) => void) => {
      return (outcome: T) => {
        signal.removeEventListener('abort', onAbort);
        tell(outcome);
      };
    };
    signal.addEventListener('abort', onAbort);
    add({ input, resolve: leave(resolve), reject: leave(reject), signal });
  });
}
