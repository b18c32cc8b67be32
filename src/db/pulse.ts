/** Milliseconds between two questions to a part that answers, and to one that does not. */
const pause = { up: 2_000, down: 500 };
/** One question that goes unanswered may have met a busy moment; so many in a row have not. */
const missesWhenDown = 2;

/**
 * Knows whether a part of the service answers, by asking it again and again. While it does not, callers can be told at
 * once instead of at their deadline; it is up again with its first answer. Until `start` it counts as up.
 */
export class Pulse {
  private misses = 0;
  private timer: NodeJS.Timeout | null = null;

  /** @param ask rejects, within seconds, when the part does not answer */
  constructor(private readonly ask: () => Promise<void>) {}

  get down(): boolean {
    return this.misses >= missesWhenDown;
  }

  /** @param changed is told of each change */
  start(changed: (down: boolean, error?: unknown) => void): void {
    const beat = async () => {
      const error = await this.ask().then(
        () => null,
        (reason: unknown) => ({ reason }),
      );
      if (this.timer === null) return;
      const wasDown = this.down;
      this.misses = error ? this.misses + 1 : 0;
      if (this.down !== wasDown) changed(this.down, error?.reason);
      this.timer = setTimeout(() => void beat(), error ? pause.down : pause.up).unref();
    };
    this.timer ??= setTimeout(() => void beat(), 0).unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
