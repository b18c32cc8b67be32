/** How long callers are expected back, in milliseconds: at most half of what the last service took. */
const patience = { least: 1, most: 5 };

/** A service that takes longer, in milliseconds, keeps nobody waiting: the next may begin beside it. */
const slowAfter = 100;
/** Beyond so many slow ones, those who come wait all the same: each holds a connection to the database. */
const maxSlow = 8;

/**
 * Decides when those who wait are served together: while a service is under way, the next one fills up. Callers that
 * ask again and again come back right after an answer, one after the other: the first of them waits a moment for all
 * who were there lately, so that they do not split into groups that take turns. A lone caller never waits.
 *
 * With more than one lane they do take turns, and nobody waits: right where a service keeps one core of the database
 * busy for longer than the way there and back.
 */
export class Gathering {
  private expected = 0;
  private lastTook = 0;
  private underWay = 0;
  private slow = 0;
  private immediate: NodeJS.Immediate | null = null;
  private timer: NodeJS.Timeout | null = null;

  /**
   * @param waiting how many wait now
   * @param serve takes those who wait before it returns, and resolves, never rejects, once they are answered
   * @param lanes how many services may be under way at a time, slow ones not counted
   */
  constructor(
    private readonly waiting: () => number,
    private readonly serve: () => Promise<void>,
    private readonly lanes = 1,
  ) {}

  /** To be called when somebody begins to wait. */
  arrived(): void {
    const count = this.waiting();
    if (this.underWay === this.lanes || this.immediate || count === 0) return;
    if (this.lanes === 1 && count < Math.floor(this.expected)) {
      const wait = Math.min(patience.most, Math.max(patience.least, this.lastTook / 2));
      this.timer ??= setTimeout(() => this.begin(), wait);
      return;
    }
    // After the sockets that are readable now have been read, so that their requests come along.
    this.immediate = setImmediate(() => this.begin());
  }

  private begin(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.immediate) clearImmediate(this.immediate);
    this.timer = null;
    this.immediate = null;
    this.underWay += 1;
    const serving = this.waiting();
    this.expected = Math.max(serving, this.expected * 0.8);
    const began = performance.now();
    let isSlow = false;
    const watch = setTimeout(() => {
      if (this.slow === maxSlow) return;
      isSlow = true;
      this.slow += 1;
      this.underWay -= 1;
      this.arrived();
    }, slowAfter);
    void this.serve().then(() => {
      clearTimeout(watch);
      if (isSlow) {
        this.slow -= 1;
        return;
      }
      this.underWay -= 1;
      this.lastTook = performance.now() - began;
      // Those who are answered now may come back, beside those who came meanwhile.
      this.expected = Math.max(this.expected, serving + this.waiting());
      this.arrived();
    });
  }
}
