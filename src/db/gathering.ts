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
 * With two lanes, two equal groups take turns on purpose: while the database works for one, this process works for the
 * other. Right where a service costs little more for a whole group than for half of it.
 */
export class Gathering {
  /** How many call at the same time, as seen lately; falls slowly once they are fewer. */
  private expected = 0;
  private lastTook = 0;
  private underWay = 0;
  /** Callers of the services under way, slow ones not counted. */
  private beingServed = 0;
  private slow = 0;
  private immediate: NodeJS.Immediate | null = null;
  private timer: NodeJS.Timeout | null = null;

  /**
   * @param waiting how many wait now
   * @param serve takes that many of those who wait, at most, before it returns; resolves, never rejects, with what
   * tells them the outcome, so that who asks again at once is not counted twice
   * @param lanes how many services may be under way at a time, slow ones not counted
   */
  constructor(
    private readonly waiting: () => number,
    private readonly serve: (atMost: number) => Promise<() => void>,
    private readonly lanes = 1,
  ) {}

  /** To be called when somebody begins to wait. */
  arrived(): void {
    const count = this.waiting();
    if (this.underWay === this.lanes || this.immediate || count === 0) return;
    if (count < Math.floor(this.expected / this.lanes)) {
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
    this.expected = Math.max(this.waiting() + this.beingServed, this.expected * 0.9);
    const callers = Math.min(this.waiting(), Math.ceil(this.expected / this.lanes));
    this.underWay += 1;
    this.beingServed += callers;
    let isSlow = false;
    const leave = () => {
      this.underWay -= 1;
      this.beingServed -= callers;
    };
    const watch = setTimeout(() => {
      if (this.slow === maxSlow) return;
      isSlow = true;
      this.slow += 1;
      leave();
      this.arrived();
    }, slowAfter);
    const began = performance.now();
    void this.serve(callers).then((tell) => {
      clearTimeout(watch);
      if (isSlow) {
        this.slow -= 1;
      } else {
        this.lastTook = performance.now() - began;
        // Those who are answered now may come back, beside those who came meanwhile.
        this.expected = Math.max(this.expected, this.waiting() + this.beingServed);
        leave();
      }
      tell();
      this.arrived();
    });
    this.arrived();
  }
}
