/**
 * How long the first of those who come waits for the others, in milliseconds: about as long as the last service took,
 * which is what going apart would cost.
 */
const patience = { least: 2, most: 5 };
/** After so many waits in vain, one after the other, the services without a wait become no more. */
const maxVain = 5;

/** A service that takes longer, in milliseconds, keeps nobody waiting: the next may begin beside it. */
const slowAfter = 100;
/** Beyond so many slow ones, those who come wait all the same: each holds a connection to the database. */
const maxSlow = 8;

/**
 * Decides when those who wait are served together: while a service is under way, the next one fills up. Callers that
 * ask again and again come back right after an answer, one after the other: the first of them waits a moment for all
 * who were there before, so that they do not split into groups that take turns. A lone caller never waits, and callers
 * that come at random, who are seldom expected rightly, soon wait no more.
 */
export class Gathering {
  /** How many called at the same time, as last seen. */
  private expected = 0;
  private lastTook = 0;
  private isServing = false;
  private slow = 0;
  private immediate: NodeJS.Immediate | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** Waits for callers who did not come, one after the other, and how many services go without a wait for it. */
  private vain = 0;
  private withoutWait = 0;

  /**
   * @param waiting how many wait now
   * @param serve takes those who wait, all or the first of them, before it returns; resolves, never rejects, with what
   * tells them the outcome, so that who asks again at once is not counted twice
   */
  constructor(
    private readonly waiting: () => number,
    private readonly serve: () => Promise<() => void>,
  ) {}

  /** To be called when somebody begins to wait. */
  arrived(): void {
    const count = this.waiting();
    if (this.isServing || this.immediate || count === 0) return;
    if (count < this.expected && this.withoutWait === 0) {
      const wait = Math.min(patience.most, Math.max(patience.least, this.lastTook));
      this.timer ??= setTimeout(() => this.giveUp(), wait);
      return;
    }
    if (this.timer) this.vain = 0;
    // After the sockets that are readable now have been read, so that their requests come along.
    this.immediate = setImmediate(() => this.begin());
  }

  /** The more often a wait was in vain, the rarer the next. */
  private giveUp(): void {
    this.vain = Math.min(maxVain, this.vain + 1);
    this.withoutWait = 2 ** this.vain;
    this.begin();
  }

  private begin(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.immediate) clearImmediate(this.immediate);
    this.timer = null;
    this.immediate = null;
    if (this.withoutWait > 0) this.withoutWait -= 1;
    this.isServing = true;
    let isSlow = false;
    const watch = setTimeout(() => {
      if (this.slow === maxSlow) return;
      isSlow = true;
      this.slow += 1;
      this.expected = 0;
      this.isServing = false;
      this.arrived();
    }, slowAfter);
    const before = this.waiting();
    const began = performance.now();
    const served = this.serve();
    const left = this.waiting();
    const callers = before - left;
    void served.then((tell) => {
      clearTimeout(watch);
      if (isSlow) {
        this.slow -= 1;
      } else {
        this.lastTook = performance.now() - began;
        // Those who are answered now may come back, beside those who came meanwhile; a full service needs no more.
        this.expected = left > 0 ? callers : callers + this.waiting();
        this.isServing = false;
      }
      tell();
      this.arrived();
    });
  }
}
