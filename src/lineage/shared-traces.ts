import { setImmediate } from 'node:timers';
import type { Database } from '../db/database.js';
import { readNear, type TraceAnswer } from './trace-near.js';
import type { TraceRequest } from './trace-request.js';

/** Statements under way at a time: while they run, the next one fills up. Two keep server and client busy at once. */
const maxUnderWay = 2;
const maxRequests = 32;
/** Requests of greater limits go alone, so that nobody waits for their answers. */
const maxSharedLimit = 1000;

interface Waiting {
  request: TraceRequest;
  resolve: (answer: TraceAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * Answers small traces that are asked for at the same time with one statement: planning, transport and transaction cost
 * several times what the search itself does. A request never joins a statement that has started already, so every
 * answer is at least as new as its question.
 */
class SharedTraces {
  private readonly waiting: Waiting[] = [];
  private underWay = 0;
  private scheduled = false;

  constructor(private readonly db: Database) {}

  read(request: TraceRequest): Promise<TraceAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.length === 0 || this.underWay >= maxUnderWay) return;
    this.scheduled = true;
    // After the sockets that are readable now have been read, so that their requests come along.
    setImmediate(() => {
      this.scheduled = false;
      void this.send(this.waiting.splice(0, maxRequests));
      this.schedule();
    });
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    this.underWay += 1;
    try {
      const answers = await readNear(
        this.db,
        batch.map(({ request }) => request),
      );
      for (const [position, { resolve, reject }] of batch.entries()) {
        const answer = answers[position];
        if (answer) resolve(answer);
        else reject(new Error('a shared trace got no answer'));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.underWay -= 1;
      this.schedule();
    }
  }
}

const sharedTraces = new WeakMap<Database, SharedTraces>();

/** One trace; small ones that come together share one statement. */
export async function readTogether(db: Database, request: TraceRequest): Promise<TraceAnswer> {
  if (request.limit > maxSharedLimit || request.artifactIds.length > 1) {
    const [answer] = await readNear(db, [request]);
    if (!answer) throw new Error('a trace got no answer');
    return answer;
  }
  const known = sharedTraces.get(db);
  if (known) return known.read(request);
  const made = new SharedTraces(db);
  sharedTraces.set(db, made);
  return made.read(request);
}
