import type { Database } from '../db/database.js';
import { SharedCalls } from '../db/shared-calls.js';
import { readNear, type TraceAnswer } from './trace-near.js';
import type { TraceRequest } from './trace-request.js';

const maxRequests = 32;
/** Requests of greater limits go alone, so that nobody waits for their answers. */
const maxSharedLimit = 1000;

const sharedTraces = new WeakMap<Database, SharedCalls<TraceRequest, TraceAnswer>>();

function sharedTracesOf(db: Database): SharedCalls<TraceRequest, TraceAnswer> {
  const known = sharedTraces.get(db);
  if (known) return known;
  const made = new SharedCalls((requests: readonly TraceRequest[]) => readNear(db, requests), {
    maxInputs: maxRequests,
  });
  sharedTraces.set(db, made);
  return made;
}

/** One trace; small ones that come together share one statement. */
export async function readTogether(db: Database, request: TraceRequest): Promise<TraceAnswer> {
  if (request.limit <= maxSharedLimit && request.artifactIds.length === 1)
    return sharedTracesOf(db).call(request);
  const [answer] = await readNear(db, [request]);
  if (!answer) throw new Error('a trace got no answer');
  return answer;
}
