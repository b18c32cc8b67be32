import { setTimeout as sleep } from 'node:timers/promises';
import { listEvents, type EventPage } from '../audit/list-events.js';
import type { Context } from '../context.js';
import { waitAtMost } from '../db/in-time.js';
import { attemptMs, Sender } from './receiver.js';
import { Lease, LeaseLost, listDueWebhooks, type DueWebhook, type TurnEnd } from './lease.js';
import { sendEvent, type Attempt } from './send-event.js';
import type { WebhookSettings } from './webhook.js';

/** When an event is tried again, and for how long an instance may hold a subscription. Milliseconds. */
export interface Schedule {
  /** Before the second attempt; doubled for each further one, and by chance up to half as long again. */
  firstRetryMs: number;
  longestRetryMs: number;
  attempts: number;
  /** For one attempt, from the look-up of the name to the status of the answer. */
  attemptMs: number;
  /** More than an attempt may take. */
  leaseMs: number;
  /** Between two looks at a feed that has nothing new. */
  pauseMs: number;
}

/** Some two hours from the first attempt to the last. */
export const usualSchedule: Schedule = {
  firstRetryMs: 1_000,
  longestRetryMs: 30 * 60_000,
  attempts: 14,
  attemptMs,
  leaseMs: attemptMs * 2,
  pauseMs: 1_000,
};

const pageSize = 100;
/** No call of a turn to the database may outlast a lease. */
const callMs = 8_000;
/** What is not kept by then is sent again by the next instance, once the lease has ended. */
const stopMs = 3_000;
const nothing: TurnEnd = { failures: 0, waitMs: null, last: null };

function waitBefore(failures: number, { firstRetryMs, longestRetryMs }: Schedule): number {
  const wait = Math.min(firstRetryMs * 2 ** (failures - 1), longestRetryMs);
  return Math.round(wait * (1 + Math.random() / 2));
}

/**
 * Delivers the feed to webhooks, until it is stopped. Every event that a subscription asks for is sent at least once, in
 * the order of the feed, one at a time; the next one when it was delivered or, after its last attempt, listed as a dead
 * letter. Where that stands is in the graph, kept after each failure and after at most a hundred deliveries, and goes on
 * there after a crash. Of several instances one delivers to a subscription at a time.
 *
 * Each subscription has a turn of its own, so a slow receiver holds nobody else up. While there is nothing to deliver,
 * nothing is written.
 */
export class Delivery {
  private readonly ctx: Pick<Context, 'db' | 'log'>;
  private readonly sender: Sender;
  private readonly stopping = new AbortController();
  private readonly turns = new Map<string, Promise<void>>();
  /** How far the feed was looked through for each subscription, where that is further than what was delivered. */
  private readonly looked = new Map<string, { position: string; end: string }>();
  private running: Promise<void> = Promise.resolve();

  constructor(
    ctx: Pick<Context, 'db' | 'log'>,
    settings: WebhookSettings,
    private readonly schedule: Schedule = usualSchedule,
  ) {
    this.ctx = { db: ctx.db.within({ readMs: callMs, writeMs: callMs }), log: ctx.log };
    this.sender = new Sender(settings.privateAddresses, schedule.attemptMs);
  }

  start(): void {
    this.running = this.run();
  }

  /** Breaks off the attempts under way, keeps what was delivered, and gives every lease back, if the database lets it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const left = this.running.then(() => Promise.all(this.turns.values()));
    await waitAtMost(stopMs, left);
    this.sender.close();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        for (const due of await listDueWebhooks(this.ctx.db)) this.begin(due);
      } catch (err) {
        this.ctx.log.warn({ err }, 'webhooks wait for the database');
      }
      await sleep(this.schedule.pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private begin(due: DueWebhook): void {
    if (this.turns.has(due.id) || this.stopping.signal.aborted) return;
    // Left as it is, and to an instance that may: a setting that was changed makes no dead letters.
    if (!this.sender.mayReach(due.url)) return;
    const turn = this.takeTurn(due)
      .catch((err: unknown) => {
        if (err instanceof LeaseLost) this.ctx.log.info({ webhook: due.id }, 'a delivery was taken over');
        else this.ctx.log.warn({ err, webhook: due.id }, 'a turn of a webhook ended early');
      })
      .finally(() => this.turns.delete(due.id));
    this.turns.set(due.id, turn);
  }

  private async takeTurn(due: DueWebhook): Promise<void> {
    const page = await this.findNew(due);
    if (page.events.length === 0) return;
    const lease = await Lease.claim(this.ctx.db, due, this.schedule.leaseMs);
    if (lease) await lease.release(await this.deliverAll(due, lease, page));
  }

  private async findNew({ id, action, nodeId, actor, position }: DueWebhook): Promise<EventPage> {
    const known = this.looked.get(id);
    const after = known?.position === position ? known.end : position;
    const page = await listEvents(this.ctx, { action, nodeId, actor, after, first: pageSize });
    if (page.events.length === 0 && page.end !== null) this.looked.set(id, { position, end: page.end });
    return page;
  }

  /** Page after page, until nothing is left, an attempt fails, or the service stops. */
  private async deliverAll(due: DueWebhook, lease: Lease, first: EventPage): Promise<TurnEnd> {
    let end = nothing;
    let { failures } = due;
    for (
      let page = first;
      page.events.length > 0;
      page = await this.findNew({ ...due, position: lease.position })
    ) {
      for (const event of page.events) {
        if (this.stopping.signal.aborted) return { ...end, failures };
        if (lease.leftMs < this.schedule.attemptMs) await lease.renew();
        const attempt = await this.attempt(due, event);
        if (attempt === null) return { ...end, failures };
        end = { ...nothing, last: attempt };
        if (attempt.outcome === 'gone') return end;
        if (attempt.outcome === 'delivered') lease.position = event.cursor;
        else if (++failures < this.schedule.attempts)
          return { failures, waitMs: waitBefore(failures, this.schedule), last: attempt };
        else await lease.giveUp(event, failures, attempt);
        failures = 0;
      }
      await lease.renew();
    }
    return end;
  }

  /** @returns null when the service stops before there is an outcome */
  private async attempt(due: DueWebhook, event: EventPage['events'][number]): Promise<Attempt | null> {
    const { signal } = this.stopping;
    try {
      return await sendEvent(this.sender, due, event, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }
}
