import type { Database } from '../db/database.js';
import { SharedCalls } from '../db/shared-calls.js';
import { readNear, type TraceAnswer } from './trace-near.js';
import type { TraceRequest } from './trace-request.js';

const maxRequests = 32;
/** Requests of greater limits go alone, so that nobody waits for their answers. */
const maxSharedLimit = 1000;

function sharedTraces(db: Database): SharedCalls<TraceRequest, TraceAnswer> {
  return new SharedCalls((requests: readonly TraceRequest[]) => readNear(db, requests), {
    maxInputs: maxRequests,
  });
}

/** One trace; small ones that come together share one statement. */
export async function readTogether(db: Database, request: TraceRequest): Promise<TraceAnswer> {
  if (request.limit <= maxSharedLimit && request.artifactIds.length === 1)
    return db.shared(sharedTraces).call(request, db.signal);
  const [answer] = await readNear(db, [request]);
  if (!answer) throw new Error('a trace got no answer');
  return answer;
}
